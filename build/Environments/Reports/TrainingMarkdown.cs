using Slipway.Automation.Reports;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Environments.Training;
using Slipway.Registry.Gates;
using Slipway.Registry.Lineages;

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
                job.Summarize(Lines(record));
                foreach (var annotation in Annotations(record, paths))
                    job.Annotate(annotation);
            }
            catch (Exception e)
            {
                job.Annotate(new(AnnotationLevel.Warning, e.Message, $"No summary of training job {outcome.TrainingJob}"));
            }
    }

    public static IEnumerable<string> Lines(TrainingRecord record) =>
    [
        TrainingReportMarkdown.Of(record),
        .. record.Model is { } model ? MetricsChart.Markdown(record.Lineage.Model, model.Spec.Label, MetricComparison.Of(model.Metrics)) : [],
    ];

    public static IEnumerable<Annotation> Annotations(TrainingRecord record, Paths paths) =>
        (record.Outcome.Gates?.Verdicts ?? []).Where(verdict => !verdict.Passed).Select(verdict => new Annotation(
            AnnotationLevel.Error, GateReportText.Line(verdict), $"{record.Lineage.Model}: a gate says no",
            paths.InRepository(new ModelFolder(record.Lineage.Model, paths.Model(record.Lineage.Model)).SpecPath)));
}
