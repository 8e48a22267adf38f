using System.Globalization;
using Slipway.Automation.Monitoring;
using Slipway.Automation.Reports;
using Slipway.Build.Cli.Output;
using Slipway.Registry.Gates;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Reports;

/// <summary>What became of a file of labels, and how good a model is on real predictions.</summary>
public static class MonitoredQualityReport
{
    private const int MaxMetrics = 4, MaxRows = 20;

    public static void ShowFeedback(this IProgressReport report, string model, FeedbackImported imported)
    {
        report.Line($"Labels for '{model}': {Count(imported.Accepted)} accepted, {Count(imported.Repeated)} repeated, {Count(imported.Refused)} refused.");
        foreach (var reason in imported.Reasons)
            report.Line($"  {reason}");
        if (imported.Refused > imported.Reasons.Count)
            report.Line($"  and {Count(imported.Refused - imported.Reasons.Count)} more");
    }

    public static void ShowMonitoredQuality(this IProgressReport report, string model, QualityReport? quality)
    {
        if (quality is null || quality.Versions.Count == 0)
        {
            report.Line($"No prediction of '{model}' is in the log yet: servers write it at intervals.");
            return;
        }

        string[] metrics = [.. quality.Versions.SelectMany(one => one.Metrics.Keys).Distinct().Where(name => name != MetricNames.Value).Take(MaxMetrics)];
        report.Show(new($"Quality of '{model}' on real predictions",
        [
            new Table(
                [
                    new("Day", ColumnStyle.RowHeader), Number("Version"), Number("Predictions"), Number("Labels"), Number("Coverage"),
                    .. metrics.Select(Number), .. metrics.Take(1).Select(name => Number($"{name}, estimated")), Number($"Value{(quality.ValueUnit is { } unit ? $" in {unit}" : "")}"),
                ],
                [.. quality.Versions.Take(MaxRows).Select(one => Row(one, metrics))]),
        ]));
        foreach (var error in quality.EstimateErrors.Where(error => metrics.Take(1).Contains(error.Metric)))
            report.Line($"Past estimates of {error.Metric} were off by {GateNumber.Text(error.Mean)} on average, over {Count(error.Days)} days.");
        foreach (var lost in quality.Lost)
            report.Line(lost.Reason);
        foreach (var problem in quality.Problems)
            report.Line(problem);
        if (quality.Feedback.Unmatched > 0)
            report.Line($"{Count(quality.Feedback.Unmatched)} labels are of predictions that the log does not have: sampled out, expired, or not written yet.");
    }

    private static IReadOnlyList<Cell> Row(VersionQuality one, string[] metrics) =>
    [
        one.Day is { } day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : $"last {QualityPolicy.RecentDays} days",
        Count(one.Version), Count(one.Predictions), Count(one.Labels), one.Coverage is { } coverage ? coverage.ToString("P0", CultureInfo.InvariantCulture) : "-",
        .. metrics.Select(name => (Cell)(one.Metrics.GetValueOrDefault(name) is { } metric ? Text(metric) : "-")),
        .. metrics.Take(1).Select(name => (Cell)(one.Estimate.TryGetValue(name, out var estimate) ? GateNumber.Text(Math.Round(estimate, 4)) : "-")),
        one.Value is { } value ? GateNumber.Text(value) : "-",
    ];

    private static string Text(Metric metric) =>
        $"{GateNumber.Text(Math.Round(metric.Value, 4))}{(ReportText.Interval(metric) is { Length: > 0 } interval ? $" ({interval})" : "")}";

    private static Column Number(string name) => new(name, ColumnStyle.Number);

    private static string Count(long number) => ReportText.Count(number);
}
