using Slipway.Automation.Reports;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Environments.Training;
using Slipway.Registry.Gates;
using Slipway.Registry.Lineages;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Reports;

/// <summary>The results of training jobs for the summary of a workflow run, and annotations on the model.json for gates that failed.</summary>
public static class TrainingSummary
{
    /// <summary>Best effort: how the jobs ended is also reported elsewhere, and does not get lost with it.</summary>
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
                job.Annotate(new(AnnotationLevel.Warning, e.Message, $"No summary for training job {outcome.TrainingJob}"));
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
            AnnotationLevel.Error, GateReportText.Line(verdict), $"{record.Lineage.Model}: a gate failed",
            paths.InRepository(new ModelFolder(record.Lineage.Model, paths.Model(record.Lineage.Model)).SpecPath)));
}
