using Slipway.Registry.Gates;
using Slipway.Registry.Models;

namespace Slipway.Automation.Reports;

/// <summary>One metric of a candidate next to the champion's on the same rows.</summary>
/// <param name="Champion">Null if there is nothing to compare with.</param>
public sealed record MetricComparison(string Name, Metric Candidate, Metric? Champion)
{
    public static IReadOnlyList<MetricComparison> Of(ModelMetrics metrics) =>
        [.. metrics.Holdout.Select(metric => new MetricComparison(metric.Key, metric.Value, metrics.Champion?.GetValueOrDefault(metric.Key)))];

    public string Direction => MetricDirection.LowerIsBetter(Name) ? "lower is better" : "higher is better";

    /// <summary>How much better the candidate is: negative if it is worse. Null if there is nothing to compare with.</summary>
    public double? Gain => Champion is null ? null
        : MetricDirection.LowerIsBetter(Name) ? Champion.Value - Candidate.Value : Candidate.Value - Champion.Value;

    /// <summary>The same in words.</summary>
    public string GainText => Gain switch
    {
        null => "",
        0 => "equal",
        > 0 and var gain => $"{ReportText.Number(gain)} better",
        var loss => $"{ReportText.Number(-loss.Value)} worse",
    };
}
