using System.Globalization;
using System.Text.Json;
using Slipway.Automation.Datasets;
using Slipway.PredictionLogs;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.Answers.Traces;

/// <summary>
/// Finds the logged predictions whose raw inputs have a value. Servers log the columns of the model and no other, so an id that is not a feature is not in the log.
/// </summary>
internal sealed class PredictionsAbout(IObjectStore store, TimeProvider time)
{
    private const int MaxShown = 20;
    private const int ProgressEvery = 20_000;

    public async Task<PredictionsAboutRow> FindAsync(
        string model, RowQuery query, ModelSpec? spec, IReadOnlyList<DatasetJob> jobs, Action<string> progress, CancellationToken cancellation)
    {
        if (spec is null)
            return PredictionsAboutRow.Unknown("no training job of this model has a readable model.json, so the columns of the log are unknown");
        if (!spec.Features.ContainsKey(query.Column))
            return PredictionsAboutRow.Unknown(
                $"'{query.Column}' is not a feature of the model, and servers log only features: the log does not say whom a prediction is about. " +
                "Keep the prediction ids where the calls are made, and trace them with --prediction=<id>");

        var (read, encoded, count) = (0L, 0L, 0L);
        var first = new List<PredictionRecord>();
        var from = jobs.Select(job => job.Lineage.StartedAt).DefaultIfEmpty(time.GetUtcNow()).Min();
        await foreach (var record in new PredictionLogReader(store).ReadAsync(from, time.GetUtcNow(), model, cancellation))
        {
            if (++read % ProgressEvery == 0)
                progress(TraceText.Count(read, "prediction", "of the log read"));
            if (!TryMatch(record.Inputs, query, out var matches))
                encoded++;
            else if (matches && ++count <= MaxShown)
                first.Add(record);
        }

        var personal = spec.Personal?.Contains(query.Column) == true
            ? $"'{query.Column}' is personal in model.json: the log may have it hashed or not at all, and then no value matches. " : "";
        return new(read, count, first, personal.Length + encoded == 0 ? null : $"{personal}{(encoded == 0 ? "" : TraceText.Count(encoded, "prediction", "had encoded inputs, which cannot be compared with a value"))}".Trim());
    }

    /// <returns>False if the inputs are encoded, and do not name their columns.</returns>
    private static bool TryMatch(JsonElement inputs, RowQuery query, out bool matches)
    {
        matches = false;
        if (inputs.ValueKind != JsonValueKind.Array || inputs.GetArrayLength() == 0 || inputs[0].ValueKind != JsonValueKind.Object)
            return false;
        matches = inputs.EnumerateArray().Any(row => row.ValueKind == JsonValueKind.Object && row.TryGetProperty(query.Column, out var value) && Same(value, query.Value));
        return true;
    }

    private static bool Same(JsonElement value, string text) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim() == text,
        JsonValueKind.Number => value.GetRawText() == text
            || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && value.TryGetDouble(out var logged) && logged.Equals(number)),
        JsonValueKind.True => text is "true" or "True",
        JsonValueKind.False => text is "false" or "False",
        _ => false,
    };
}

/// <param name="Read">Logged predictions that were compared; 0 if the log cannot tell.</param>
/// <param name="Count">Those with a matching row.</param>
/// <param name="First">The first of these.</param>
/// <param name="Doubt">What the log cannot tell; null if it tells everything.</param>
public sealed record PredictionsAboutRow(long Read, long Count, IReadOnlyList<PredictionRecord> First, string? Doubt)
{
    internal static PredictionsAboutRow Unknown(string why) => new(0, 0, [], why);
}
