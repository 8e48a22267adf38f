using System.Globalization;
using Slipway.Automation.Reports;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Gates;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;

namespace Slipway.Build.Environments.Reports;

/// <summary>How good a trained model is, whatever the gates made of it, and where its whole report lies.</summary>
public static class TrainingQualityReport
{
    public static async Task ShowQualityAsync(
        this IProgressReport report, SlipwayEnvironment environment, TrainingOutcome outcome, CancellationToken cancellation)
    {
        report.ShowQuality(await TrainingRecord.ReadAsync(environment.Store, outcome, cancellation));
        if (await new TrainingReports(environment.Store).EnsureAsync(outcome, cancellation) is { } problem)
        {
            report.Line(problem);
            return;
        }

        report.Line("The whole report, for a browser:");
        report.Line(environment.PathOf(StoreKeys.TrainingReportPage(outcome.TrainingJob)));
    }

    public static void ShowQuality(this IProgressReport report, TrainingRecord record)
    {
        if (record.Model is { } model)
            report.ShowModel(record.Lineage, model, record.Outcome.Gates);
        if (record.Outcome.Gates is { } gates)
            report.Table("Gates", GateReportText.Lines(gates).Select(line => KeyValuePair.Create(line, "")));
    }

    private static void ShowModel(this IProgressReport report, Lineage lineage, TrainedModel model, GateReport? gates)
    {
        var trainer = TreeLibrary.Named(lineage.Trainer, lineage.Environment.Libraries);
        report.Table($"'{lineage.Model}' by {trainer} on {model.Metrics.Data.HoldoutRows} holdout rows", MetricComparison.Of(model.Metrics).Select(metric =>
            KeyValuePair.Create(metric.Name, metric.Champion is { } champion
                ? $"{Text(metric.Candidate),-26}  champion {Number(champion.Value)}, {metric.GainText}"
                : Text(metric.Candidate))));

        var slices = SliceTable.Of(model.Spec, model.Metrics, gates);
        if (slices.Rows.Count > 0)
            report.Table($"Slices: rows, {string.Join(", ", slices.Metrics)}", slices.Rows.Select(row => KeyValuePair.Create(row.Slice.Slice, Text(row, slices.Metrics))));
    }

    private static string Text(SliceRow row, IEnumerable<string> metrics) => string.Join("  ",
        [
            row.Slice.Rows.ToString(CultureInfo.InvariantCulture).PadLeft(7),
            .. metrics.Select(name => (row.Metric(name) is { } metric ? Text(metric) : "not defined").PadRight(26)),
            row.Mark,
        ]);

    private static string Text(Metric metric) => metric is { Low: { } low, High: { } high }
        ? $"{Number(metric.Value)}  [{Number(low)}, {Number(high)}]"
        : Number(metric.Value);

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
