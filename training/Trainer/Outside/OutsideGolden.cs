using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;
using Slipway.Trainer.Evaluation;

namespace Slipway.Trainer.Outside;

/// <summary>
/// Answers that a model made elsewhere must give: rows of raw values by column name, and for each the answer of the library that made the model, as
/// wide as the task's output (all classes for multiclass). An own form, for other tools to write:
/// <c>{ "records": [{ "age": 41, "plan": "basic" }], "outputs": [[0.12]], "tolerance": 0.0001 }</c>.
/// </summary>
public sealed record OutsideGolden(
    IReadOnlyList<IReadOnlyDictionary<string, string?>> Records, IReadOnlyList<IReadOnlyList<float>> Outputs, double Tolerance)
{
    private const double DefaultTolerance = 1e-4;
    private const double LargestTolerance = 0.05;

    /// <exception cref="SlipwayException">It can not be read, or holds nothing to prove a model on.</exception>
    public static OutsideGolden Read(ReadOnlySpan<byte> json)
    {
        GoldenFile file;
        try
        {
            file = JsonSerializer.Deserialize(json, OutsideJson.Default.GoldenFile) ?? throw Wrong("it holds null");
        }
        catch (JsonException e)
        {
            throw Wrong(e.Message, e);
        }

        if (file.Records is not { Count: > 0 } records || file.Outputs is not { } outputs || outputs.Count != records.Count)
            throw Wrong($"it has {file.Records?.Count ?? 0} records and {file.Outputs?.Count ?? 0} outputs; give as many of both, and at least one");
        if (file.Tolerance is not (>= 0 and <= LargestTolerance))
            throw Wrong(FormattableString.Invariant($"its tolerance is {file.Tolerance}; it lies between 0 and {LargestTolerance}"));
        return new([.. records.Select(Texts)], outputs, file.Tolerance);
    }

    /// <exception cref="SlipwayException">The model answers otherwise.</exception>
    public void Check(ModelSchema schema, OnnxScorer scorer)
    {
        var encoder = new FeatureEncoder(schema.Columns);
        float[][] inputs = [.. Enumerable.Range(0, Records.Count).Select(row => Encode(encoder, row))];
        var together = scorer.Score([.. inputs.SelectMany(input => input)], encoder.Width);
        for (var row = 0; row < Records.Count; row++)
        {
            var got = scorer.Score(inputs[row], encoder.Width);
            if (Outputs[row].Count != got.Length)
                throw Wrong($"output {row + 1} has {Outputs[row].Count} values, but the model answers with {got.Length} ({Words(schema)})");
            if (Differ(got, together.AsSpan(row * got.Length, got.Length)))
                throw new SlipwayException(
                    $"The model answers golden record {row + 1} with {Text(got)} alone and with {Text(together[(row * got.Length)..((row + 1) * got.Length)])} among the others. " +
                    "A model must answer each row for itself: callers choose how many they send at once.");
            if (Differ([.. Outputs[row]], got))
                throw new SlipwayException(FormattableString.Invariant(
                        $"The model answers golden record {row + 1} with {Text(got)}, but {ArtifactFiles.Golden} says {Text(Outputs[row])} (tolerance {Tolerance}). ") +
                        $"Is the order of features the model's? It is given: {string.Join(", ", schema.Features)}. The answers are: {Words(schema)}.");
        }
    }

    // written so that NaN differs
    private bool Differ(ReadOnlySpan<float> expected, ReadOnlySpan<float> got)
    {
        for (var i = 0; i < got.Length; i++)
            if (!(Math.Abs((double)got[i] - expected[i]) <= Tolerance * Math.Max(1, Math.Abs(expected[i]))))
                return true;
        return false;
    }

    private float[] Encode(FeatureEncoder encoder, int row)
    {
        var encoded = new float[encoder.Width];
        foreach (var (column, text) in Records[row])
        {
            var index = encoder.IndexOf(column);
            if (index < 0)
                throw Wrong($"record {row + 1} names the column '{column}', which is no feature.{Suggestion.DidYouMean(column, Enumerable.Range(0, encoder.ColumnCount).Select(i => encoder.Column(i).Name))}");
            if (encoder.Encode(index, text, encoded) == EncodedValue.NotANumber)
                throw Wrong($"'{text}' in the column '{column}' of record {row + 1} is not a number");
        }

        for (var column = 0; column < encoder.ColumnCount; column++)
            if (!Records[row].ContainsKey(encoder.Column(column).Name))
                encoder.EncodeMissing(column, encoded);
        return encoded;
    }

    private static IReadOnlyDictionary<string, string?> Texts(Dictionary<string, JsonElement> record) =>
        record.ToDictionary(value => value.Key, value => value.Value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.Value.GetString(),
            _ => value.Value.GetRawText(),
        });

    private static string Words(ModelSchema schema) => schema.Task switch
    {
        ModelTask.Binary => $"the probability of '{schema.Classes![1]}'",
        ModelTask.Multiclass => $"the probabilities of {string.Join(", ", schema.Classes!)}",
        _ => $"the value of '{schema.Label}'",
    };

    private static string Text(IReadOnlyList<float> values) => string.Join(" / ", values.Select(value => value.ToString("G6", CultureInfo.InvariantCulture)));

    private static SlipwayException Wrong(string how, Exception? inner = null) => new(
        $"{ArtifactFiles.Golden} can not be used: {how.TrimEnd('.', '?')}{(how.EndsWith('?') ? "?" : ".")} It looks like {{\"records\": [{{\"<column>\": <raw value>, ...}}], \"outputs\": [[<answer>]], \"tolerance\": 0.0001}}.", inner!);

    internal sealed record GoldenFile(
        IReadOnlyList<Dictionary<string, JsonElement>>? Records, IReadOnlyList<IReadOnlyList<float>>? Outputs, double Tolerance = DefaultTolerance);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OutsideGolden.GoldenFile))]
internal sealed partial class OutsideJson : JsonSerializerContext;
