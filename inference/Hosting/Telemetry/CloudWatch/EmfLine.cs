using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Slipway.Hosting.Telemetry.CloudWatch;

/// <summary>
/// One log event in the embedded metric format, from which CloudWatch takes metrics: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
/// </summary>
/// <param name="labels">Label values that all figures of the line have in common.</param>
internal sealed class EmfLine(string service, IReadOnlyList<KeyValuePair<string, string>> labels)
{
    private readonly SortedDictionary<string, (CloudWatchFigure Figure, double Value)> _values = new(StringComparer.Ordinal);

    public bool IsEmpty => _values.Count == 0;

    /// <summary>Adds up label values that are not told apart.</summary>
    public void Add(CloudWatchFigure figure, double value) =>
        Set(figure, figure.Instrument, value + (_values.TryGetValue(figure.Instrument, out var known) ? known.Value : 0));

    public void Raise(CloudWatchFigure figure, double value) =>
        Set(figure, figure.Instrument, _values.TryGetValue(figure.Instrument, out var known) ? Math.Max(known.Value, value) : value);

    public void Add(CloudWatchFigure figure, ExponentialQuantiles quantiles)
    {
        double[] values = [quantiles.P50, quantiles.P99, quantiles.Count];
        foreach (var (metric, value) in figure.Metrics.Zip(values))
            Set(figure, metric, value);
    }

    public string ToText(string target, DateTimeOffset at)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject("_aws");
            json.WriteNumber("Timestamp", at.ToUnixTimeMilliseconds());
            json.WriteStartArray("CloudWatchMetrics");
            foreach (var figures in _values.GroupBy(value => value.Value.Figure.InTotal))
                WriteDirective(json, target, [.. figures]);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteString(CloudWatchFigure.ServiceDimension, service);
            foreach (var (label, value) in labels)
                json.WriteString(label, value);
            foreach (var (metric, value) in _values)
                json.WriteNumber(metric, value.Value);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    // JSON and CloudWatch have only finite numbers
    private void Set(CloudWatchFigure figure, string metric, double value)
    {
        if (double.IsFinite(value))
            _values[metric] = (figure, value);
    }

    private static void WriteDirective(Utf8JsonWriter json, string target, IReadOnlyList<KeyValuePair<string, (CloudWatchFigure Figure, double Value)>> values)
    {
        json.WriteStartObject();
        json.WriteString("Namespace", target);
        json.WriteStartArray("Dimensions");
        foreach (var dimensions in values[0].Value.Figure.DimensionSets)
        {
            json.WriteStartArray();
            foreach (var dimension in dimensions)
                json.WriteStringValue(dimension);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("Metrics");
        foreach (var (metric, (figure, _)) in values)
        {
            json.WriteStartObject();
            json.WriteString("Name", metric);
            json.WriteString("Unit", metric.EndsWith(".count", StringComparison.Ordinal) ? "Count" : figure.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
