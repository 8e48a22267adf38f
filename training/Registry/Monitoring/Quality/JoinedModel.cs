using System.Text.Json;
using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;

namespace Slipway.Registry.Monitoring.Quality;

/// <summary>What the join needs to know about one version of a model.</summary>
/// <param name="spec">Null if the archive cannot be read: then there is no value and there are no slices.</param>
/// <param name="estimator">Null if the version has none, or none that fits.</param>
/// <param name="labelMean">The mean of the target in the training data; null for classifiers.</param>
public sealed class JoinedModel(int version, ModelSchema schema, ModelSpec? spec, QualityEstimator? estimator, double? labelMean)
{
    private readonly FeatureEncoder _encoder = new(schema.Columns);
    private readonly SliceColumn[] _slices = [.. SlicesOf(schema, spec?.Slices ?? [])];
    private readonly PredictionValue? _value = PredictionValue.Of(spec?.Value, schema.Task, schema.Classes ?? []);

    public int Version { get; } = version;
    public ModelSchema Schema { get; } = schema;
    public ModelSpec? Spec { get; } = spec;
    public ModelLabels Labels { get; } = new(schema);

    public QualityTally Tally() => QualityTally.For(Schema, _value, labelMean);

    public EstimateTally? Estimate() => estimator is null ? null : EstimateTally.For(Schema, _value, estimator);

    /// <param name="day">Null for several days together.</param>
    public VersionQuality Quality(JoinedVersion joined, DateOnly? day)
    {
        var metrics = Metrics(joined.Labels);
        var estimate = Estimate();
        estimate?.Add(joined.Estimate);
        return new(
            Version, day, joined.Predictions, joined.Labeled, metrics, joined.Delay.Quantiles(), estimate?.ToEstimates() ?? new Dictionary<string, double>(),
            metrics.GetValueOrDefault(MetricNames.Value)?.Value * joined.Labeled / PredictionValue.Predictions,
            [.. joined.Slices.Select(slice => new SliceQuality(slice.Key, LabelsOf(slice.Value), Metrics(slice.Value)))]);
    }

    private IReadOnlyDictionary<string, Metric> Metrics(TallySums sums)
    {
        var tally = Tally();
        tally.Add(sums);
        return tally.ToMetrics();
    }

    private long LabelsOf(TallySums sums)
    {
        var tally = Tally();
        tally.Add(sums);
        return (long)tally.Labels;
    }

    /// <summary>The encoded features of a logged row, if the estimator needs them; empty if the log does not have them.</summary>
    public float[] Features(JsonElement inputs, int row)
    {
        if (estimator?.Errors is null || RowOf(inputs, row) is not { } values)
            return [];
        var features = new float[_encoder.Width];
        if (values.ValueKind == JsonValueKind.Array)
        {
            if (values.GetArrayLength() != features.Length)
                return [];
            var i = 0;
            foreach (var value in values.EnumerateArray())
                features[i++] = value.ValueKind == JsonValueKind.Number ? value.GetSingle() : float.NaN;
            return features;
        }

        for (var column = 0; column < _encoder.ColumnCount; column++)
            if (_encoder.Encode(column, Text(values, _encoder.Column(column).Name), features) == EncodedValue.NonNumericKind)
                _encoder.EncodeMissing(column, features);
        return features;
    }

    /// <summary>The slices that a logged row belongs to, such as <c>Type=L</c>.</summary>
    public IEnumerable<string> Slices(JsonElement inputs, int row)
    {
        if (_slices.Length == 0 || RowOf(inputs, row) is not { } values)
            yield break;
        foreach (var slice in _slices)
            if (slice.Find(values) is >= 0 and var category)
                yield return slice.Names[category];
    }

    private static JsonElement? RowOf(JsonElement inputs, int row) =>
        inputs.ValueKind == JsonValueKind.Array && row < inputs.GetArrayLength() && inputs[row] is { ValueKind: JsonValueKind.Array or JsonValueKind.Object } values ? values : null;

    private static string Text(JsonElement values, string column) =>
        !values.TryGetProperty(column, out var value) ? ""
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : value.ValueKind == JsonValueKind.Null ? ""
        : value.GetRawText();

    private static IEnumerable<SliceColumn> SlicesOf(ModelSchema schema, IReadOnlyList<string> names)
    {
        var offset = 0;
        foreach (var column in schema.Columns)
        {
            if (column.Categories is { } categories && names.Contains(column.Name))
                yield return new(column.Name, offset, [.. categories.Select(category => $"{column.Name}={category}")], new(categories, column.Form));
            offset += column.Categories?.Count ?? 1;
        }
    }

    private sealed record SliceColumn(string Column, int Offset, IReadOnlyList<string> Names, CategoryIndex Categories)
    {
        /// <returns>The number of the row's category, or -1.</returns>
        public int Find(JsonElement values)
        {
            if (values.ValueKind == JsonValueKind.Object)
                return Categories.Find(Text(values, Column).AsSpan().Trim());
            for (var i = 0; i < Names.Count && Offset + i < values.GetArrayLength(); i++)
                if (values[Offset + i] is { ValueKind: JsonValueKind.Number } feature && feature.GetSingle() == 1)
                    return i;
            return -1;
        }
    }
}
