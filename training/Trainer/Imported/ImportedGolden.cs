using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;
using Slipway.Trainer.Evaluation;

namespace Slipway.Trainer.Imported;

/// <summary>
/// The golden predictions of an imported model: rows of raw values by column name, and for each the prediction of the library that trained the model, as
/// wide as the task's output (all classes for multiclass). A format of its own, for other tools to write:
/// <c>{ "records": [{ "age": 41, "plan": "basic" }], "outputs": [[0.12]], "tolerance": 0.0001 }</c>.
/// </summary>
public sealed record ImportedGolden(
    IReadOnlyList<IReadOnlyDictionary<string, string?>> Records, IReadOnlyList<IReadOnlyList<float>> Outputs, double Tolerance)
{
    private const double DefaultTolerance = 1e-4;
    private const double MaxTolerance = 0.05;

    /// <exception cref="SlipwayException">It cannot be read, or contains nothing to verify a model with.</exception>
    public static ImportedGolden Read(ReadOnlySpan<byte> json)
    {
        GoldenFile file;
        try
        {
            file = CompleteJson.Deserialize(json, ImportedJson.Default.GoldenFile) ?? throw Wrong("it is null");
        }
        catch (JsonException e)
        {
            throw Wrong(e.Message, e);
        }

        if (file.Records is not { Count: > 0 } records || file.Outputs is not { } outputs || outputs.Count != records.Count)
            throw Wrong($"it has {file.Records?.Count ?? 0} records and {file.Outputs?.Count ?? 0} outputs; the numbers must be equal, and at least one");
        if (file.Tolerance is not (>= 0 and <= MaxTolerance))
            throw Wrong(FormattableString.Invariant($"its tolerance is {file.Tolerance}; it must be between 0 and {MaxTolerance}"));
        try
        {
            return new([.. records.Select(Texts)], outputs, file.Tolerance);
        }
        catch (InvalidOperationException e)
        {
            // a string that is not valid UTF-8
            throw Wrong(e.Message, e);
        }
    }

    /// <exception cref="SlipwayException">The model's predictions differ.</exception>
    public void Check(ModelSchema schema, OnnxScorer scorer)
    {
        var encoder = new FeatureEncoder(schema.Columns);
        float[][] inputs = [.. Enumerable.Range(0, Records.Count).Select(row => Encode(encoder, row))];
        var together = scorer.Score([.. inputs.SelectMany(input => input)], encoder.Width);
        for (var row = 0; row < Records.Count; row++)
        {
            var got = scorer.Score(inputs[row], encoder.Width);
            if (Outputs[row].Count != got.Length)
                throw Wrong($"output {row + 1} has {Outputs[row].Count} values, but the model returns {got.Length} ({Words(schema)})");
            if (Differ(got, together.AsSpan(row * got.Length, got.Length)))
                throw new SlipwayException(
                    $"The model predicts {Text(got)} for golden record {row + 1} alone, but {Text(together[(row * got.Length)..((row + 1) * got.Length)])} in a batch with the others. " +
                    "A model must predict each row independently: callers choose the batch size.");
            if (Differ([.. Outputs[row]], got))
                throw new SlipwayException(FormattableString.Invariant(
                        $"The model predicts {Text(got)} for golden record {row + 1}, but {ArtifactFiles.Golden} has {Text(Outputs[row])} (tolerance {Tolerance}). ") +
                        $"Check the order of the model's features. The model receives: {string.Join(", ", schema.Features)}. The outputs are: {Words(schema)}.");
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
                throw Wrong($"record {row + 1} contains the column '{column}', which is not a feature.{Suggestion.DidYouMean(column, Enumerable.Range(0, encoder.ColumnCount).Select(i => encoder.Column(i).Name))}");
            if (encoder.Encode(index, text, encoded) == EncodedValue.NonNumericKind)
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
        $"{ArtifactFiles.Golden} cannot be used: {how.TrimEnd('.', '?')}{(how.EndsWith('?') ? "?" : ".")} The format is {{\"records\": [{{\"<column>\": <raw value>, ...}}], \"outputs\": [[<prediction>]], \"tolerance\": 0.0001}}.", inner!);

    internal sealed record GoldenFile(
        IReadOnlyList<Dictionary<string, JsonElement>>? Records, IReadOnlyList<IReadOnlyList<float>>? Outputs, double Tolerance = DefaultTolerance);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ImportedGolden.GoldenFile))]
internal sealed partial class ImportedJson : JsonSerializerContext;
