using Slipway.Registry;

namespace Slipway.Build;

/// <summary>The results of the trials of a change: for the summary of a run, as annotations on model.json, and for people.</summary>
public static class TrialsReport
{
    public static async Task ShowTrialsAsync(
        this BuildContext context, IReadOnlyList<ModelFolder> models, IReadOnlyList<ModelTrial> trials, IObjectStore scratch, CancellationToken cancellation)
    {
        var markdown = TrialsMarkdown.Of(context.EnvironmentName, trials);
        await context.TrialFiles.WriteAsync(markdown, trials, scratch, cancellation);
        context.Job.Summarize(markdown.TrimEnd('\n').Split('\n'));
        foreach (var (model, trial) in models.Zip(trials))
            foreach (var annotation in TrialAnnotations.Of(trial, context.Paths.Relative(model.SpecPath).Replace('\\', '/'), model.ReadSpecJson()))
                context.Job.Annotate(annotation);

        context.Report.Table($"Compared with what {context.EnvironmentName} serves", trials.Select(trial => KeyValuePair.Create(trial.Model, trial.Reason.Split('\n')[0])));
        context.Report.Line("The table, and below it a folder with the whole report of each model:");
        context.Report.Line(context.TrialFiles.Summary);
    }

    /// <summary>The same where it never came to a trial: the page of a pull request says why.</summary>
    public static void ShowNoTrial(this BuildContext context, SlipwayException why)
    {
        string[] lines = ["## Model gate: nothing could be tried", "", MarkdownText.Escape(why.Message)];
        File.WriteAllLines(context.TrialFiles.Summary, lines);
        context.Job.Summarize(lines);
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
