using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Gates;
using Slipway.Build.Environments.Gates.Markdown;
using Slipway.Build.Environments.Training;
using Slipway.Registry;
using Slipway.Registry.Storage;
using Slipway.Reporting;
using Slipway.Reporting.Markdown;

namespace Slipway.Build.Environments.Reports;

/// <summary>The results of the trials of a change: for the summary of a run, as annotations on model.json, and for people.</summary>
public static class TrialsReport
{
    public static async Task ShowTrialsAsync(
        this IProgressReport report, WorkflowJob job, TrialFiles files, Paths paths, string environment, IReadOnlyList<ModelFolder> models, IReadOnlyList<ModelTrial> trials,
        IObjectStore scratch, CancellationToken cancellation)
    {
        var markdown = TrialsSummary.Of(environment, trials);
        await files.WriteAsync(markdown, trials, scratch, cancellation);
        job.Summarize(markdown.TrimEnd('\n').Split('\n'));
        foreach (var (model, trial) in models.Zip(trials))
            foreach (var annotation in TrialAnnotations.Of(trial, paths.Relative(model.SpecPath).Replace('\\', '/'), model.ReadSpecJson()))
                job.Annotate(annotation);

        report.Table($"Compared with what {environment} serves", trials.Select(trial => KeyValuePair.Create(trial.Model, trial.Reason.Split('\n')[0])));
        report.Line("The table, and below it a folder with the whole report of each model:");
        report.Line(files.Summary);
    }

    /// <summary>The same if no trial was run, so that the page of a pull request says why.</summary>
    public static void ShowNoTrial(TrialFiles files, WorkflowJob job, SlipwayException why)
    {
        var report = new Section("Model gate: nothing could be tried", [new Paragraph(why.Message)]);
        File.WriteAllText(files.Summary, MarkdownRenderer.Text(report));
        job.Summarize(report);
    }

    /// <exception cref="RefusedException">A gate failed, and nothing else went wrong.</exception>
    /// <exception cref="SlipwayException">A model could not be trained.</exception>
    public static void Require(IReadOnlyList<ModelTrial> trials)
    {
        if (Names(trials, TrialVerdict.Failed) is { Length: > 0 } failed)
            throw new SlipwayException($"There is no candidate for {failed}, see above for the reason.{(Names(trials, TrialVerdict.Refused) is { Length: > 0 } too ? $" The gates refused {too}." : "")}");
        if (Names(trials, TrialVerdict.Refused) is { Length: > 0 } refused)
            throw new RefusedException($"The gates refused {refused}: a model from this change would not be published. Nothing was published.");
    }

    private static string Names(IEnumerable<ModelTrial> trials, TrialVerdict verdict) =>
        string.Join(" and ", trials.Where(trial => trial.Verdict == verdict).Select(trial => $"'{trial.Model}'"));
}
