using Slipway.Automation.Reports;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Environments.Training;
using Slipway.Registry.Gates;
using Slipway.Registry.Lineages;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Reports;

/// <summary>What training jobs came to, on the page of a workflow's run, and gates that said no beside the model that they belong to.</summary>
public static class TrainingMarkdown
{
    /// <summary>Writes what it can: how the jobs ended is said elsewhere as well, and is not lost with it.</summary>
    public static async Task SummarizeTrainingAsync(
        this WorkflowJob job, SlipwayEnvironment environment, IReadOnlyList<TrainingOutcome> outcomes, Paths paths, CancellationToken cancellation)
    {
        if (!job.IsRunning)
            return;
        foreach (var outcome in outcomes)
            try
            {
                var record = await TrainingRecord.ReadAsync(environment.Store, outcome, cancellation);
                job.Summarize(Report(record));
                foreach (var annotation in Annotations(record, paths))
                    job.Annotate(annotation);
            }
            catch (Exception e)
            {
                job.Annotate(new(AnnotationLevel.Warning, e.Message, $"No summary of training job {outcome.TrainingJob}"));
            }
    }

    public static Section Report(TrainingRecord record)
    {
        var report = TrainingReportMarkdown.Section(record);
        return record.Model is not { } model ? report
            : report with { Blocks = [.. report.Blocks, .. MetricsChart.Of(record.Lineage.Model, model.Spec.Label, MetricComparison.Of(model.Metrics))] };
    }

    public static IEnumerable<Annotation> Annotations(TrainingRecord record, Paths paths) =>
        (record.Outcome.Gates?.Verdicts ?? []).Where(verdict => !verdict.Passed).Select(verdict => new Annotation(
            AnnotationLevel.Error, GateReportText.Line(verdict), $"{record.Lineage.Model}: a gate says no",
            paths.InRepository(new ModelFolder(record.Lineage.Model, paths.Model(record.Lineage.Model)).SpecPath)));
}
