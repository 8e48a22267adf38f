using Slipway.Automation;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>The results of training jobs for the summary of a workflow run, and annotations on the model.json for gates that failed.</summary>
public static class TrainingMarkdown
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
                job.Summarize(Lines(record));
                foreach (var annotation in Annotations(record, paths))
                    job.Annotate(annotation);
            }
            catch (Exception e)
            {
                job.Annotate(new(AnnotationLevel.Warning, e.Message, $"No summary for training job {outcome.TrainingJob}"));
            }
    }

    public static IEnumerable<string> Lines(TrainingRecord record) =>
    [
        TrainingReportMarkdown.Of(record),
        .. record.Model is { } model ? MetricsChart.Markdown(record.Lineage.Model, model.Spec.Label, MetricComparison.Of(model.Metrics)) : [],
    ];

    public static IEnumerable<Annotation> Annotations(TrainingRecord record, Paths paths) =>
        (record.Outcome.Gates?.Verdicts ?? []).Where(verdict => !verdict.Passed).Select(verdict => new Annotation(
            AnnotationLevel.Error, GateReportText.Line(verdict), $"{record.Lineage.Model}: a gate failed",
            paths.InRepository(new ModelFolder(record.Lineage.Model, paths.Model(record.Lineage.Model)).SpecPath)));
}
