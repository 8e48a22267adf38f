using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Slipway.Hosting.Telemetry.CloudWatch;

/// <summary>Writes the figures of a minute as lines, one for each combination of label values.</summary>
internal sealed class CloudWatchExporter(CloudWatchTarget target, string service, TimeProvider time) : BaseExporter<Metric>
{
    private const string Overflow = "otel.metric.overflow";
    private const string Other = "(other)";
    private const string None = "(none)";

    private readonly Dictionary<string, CloudWatchFigure> _figures = target.Figures.ToDictionary(figure => figure.Instrument, StringComparer.Ordinal);

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var lines = new SortedDictionary<string, EmfLine>(StringComparer.Ordinal);
        foreach (var metric in batch)
            if (_figures.TryGetValue(metric.Name, out var figure))
                foreach (ref readonly var point in metric.GetMetricPoints())
                    Add(lines, figure, metric.MetricType, in point);

        var at = time.GetUtcNow();
        foreach (var line in lines.Values.Where(line => !line.IsEmpty))
            target.Output.WriteLine(line.ToText(target.Namespace, at));
        return ExportResult.Success;
    }

    private void Add(SortedDictionary<string, EmfLine> lines, CloudWatchFigure figure, MetricType type, in MetricPoint point)
    {
        var values = Values(figure, in point);
        var key = string.Join('\n', figure.Labels.Zip(values, (label, value) => $"{label}={value}"));
        if (!lines.TryGetValue(key, out var line))
            lines[key] = line = new(service, [.. figure.Labels.Zip(values, KeyValuePair.Create)]);
        switch (figure.Kind)
        {
            case CloudWatchKind.Duration:
                line.Add(figure, ExponentialQuantiles.Of(in point));
                break;
            case CloudWatchKind.Sum:
                line.Add(figure, type == MetricType.LongSum ? point.GetSumLong() : point.GetSumDouble());
                break;
            case CloudWatchKind.Gauge:
                line.Raise(figure, type == MetricType.LongGauge ? point.GetGaugeLastValueLong() : point.GetGaugeLastValueDouble());
                break;
        }
    }

    private static string[] Values(CloudWatchFigure figure, in MetricPoint point)
    {
        var values = Enumerable.Repeat(None, figure.Labels.Count).ToArray();
        foreach (var (label, value) in point.Tags)
            if (label == Overflow)
                Array.Fill(values, Other);
            else if (Index(figure.Labels, label) is >= 0 and var index && value?.ToString() is { Length: > 0 } text)
                values[index] = label == "status" ? Class(text) : text;
        return values;
    }

    private static int Index(IReadOnlyList<string> labels, string label)
    {
        for (var i = 0; i < labels.Count; i++)
            if (labels[i] == label)
                return i;
        return -1;
    }

    // a metric for each status would cost as much as all others together
    private static string Class(string status) => status.Length == 3 && char.IsAsciiDigit(status[0]) ? $"{status[0]}xx" : status;
}
