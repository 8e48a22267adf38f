using Slipway.Automation.Reports;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Costs;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Environments.Reports;

/// <summary>The quality of a trained model, whether or not it passed its gates, and where its full report is.</summary>
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

        report.Line("Full report (open in a browser):");
        report.Line(environment.PathOf(StoreKeys.TrainingReportPage(outcome.TrainingJob)));
    }

    public static void ShowQuality(this IProgressReport report, TrainingRecord record)
    {
        var gates = record.Outcome.Gates;
        if (record.Model is { } model)
        {
            var trainer = TreeLibrary.Named(record.Lineage.Trainer, record.Lineage.Environment.Libraries);
            report.Show(QualitySections.Metrics(model) with
            {
                Heading = $"'{record.Lineage.Model}' by {trainer} on {ReportText.Count(model.Metrics.Data.HoldoutRows)} holdout rows",
            });
            if (QualitySections.Slices(model, gates) is { } slices)
                report.Show(slices);
        }

        if (gates is not null)
            report.Show(GateSection.Of(gates, briefly: true));
        if (record.Outcome.Cost is { } cost)
            report.Line($"Cost: {CostText.Of(cost)}.");
    }
}
