using Slipway.Registry.Gates;
using Slipway.Registry.Models;

namespace Slipway.Automation.Reports;

/// <summary>Slices with the metrics that they are gated on, and where they are below the threshold.</summary>
/// <param name="Metrics">Names of the metrics to show.</param>
public sealed record SliceTable(IReadOnlyList<string> Metrics, IReadOnlyList<SliceRow> Rows)
{
    private const int MaxUngated = 3;

    /// <param name="gates">The verdict; null if the job did not get that far.</param>
    public static SliceTable Of(ModelSpec spec, ModelMetrics metrics, GateReport? gates)
    {
        string[] shown = spec.Gates.Slices is { } gated ? [.. gated.Metrics.Keys] : [.. spec.Gates.Metrics.Keys.Take(MaxUngated)];
        var verdicts = (gates?.Verdicts ?? []).GroupBy(verdict => verdict.Rule).ToDictionary(rule => rule.Key, rule => rule.First());
        return new(shown, [.. metrics.Slices.Select(slice => new SliceRow(slice, Mark(slice, shown, verdicts)))]);
    }

    private static string Mark(SliceMetrics slice, IEnumerable<string> metrics, Dictionary<string, GateVerdict> verdicts)
    {
        var judged = metrics
            .Select(metric => (metric, verdict: verdicts.GetValueOrDefault(GatePolicy.SliceRule(slice.Slice, metric))))
            .Where(judged => judged.verdict is not null).ToList();
        string[] failed = [.. judged.Where(metric => !metric.verdict!.Passed).Select(metric => metric.metric)];
        return failed.Length > 0 ? $"{SliceRow.BelowTheFloor}: {string.Join(", ", failed)}"
            : judged.Any(metric => metric.verdict!.Bound == GatePolicy.ReportedOnly) ? "too few rows to be gated"
            : "";
    }
}

/// <param name="Mark">A remark; empty for a slice that is fine.</param>
public sealed record SliceRow(SliceMetrics Slice, string Mark)
{
    internal const string BelowTheFloor = "below the floor";

    public bool Failed => Mark.StartsWith(BelowTheFloor, StringComparison.Ordinal);

    public Metric? Metric(string name) => Slice.Metrics.GetValueOrDefault(name);
}
