using Slipway.Registry;
using Slipway.Reporting;
using Slipway.Reporting.Markdown;

namespace Slipway.Build;

/// <summary>How the trials of a change ended: for the page of a run, beside the lines of model.json, and for a person.</summary>
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
        var report = new Section("Model gate: nothing could be tried", [new Paragraph(why.Message)]);
        File.WriteAllText(context.TrialFiles.Summary, MarkdownRenderer.Text(report));
        context.Job.Summarize(report);
    }

    /// <exception cref="RefusedException">A gate said no, and all else went well.</exception>
    /// <exception cref="SlipwayException">A model could not be tried.</exception>
    public static void Require(IReadOnlyList<ModelTrial> trials)
    {
        if (Names(trials, TrialVerdict.Failed) is { Length: > 0 } failed)
            throw new SlipwayException($"There is no candidate of {failed}, for the reason above.{(Names(trials, TrialVerdict.Refused) is { Length: > 0 } too ? $" The gates refused {too}." : "")}");
        if (Names(trials, TrialVerdict.Refused) is { Length: > 0 } refused)
            throw new RefusedException($"The gates refused {refused}: this change would not be published. Nothing was.");
    }

    private static string Names(IEnumerable<ModelTrial> trials, TrialVerdict verdict) =>
        string.Join(" and ", trials.Where(trial => trial.Verdict == verdict).Select(trial => $"'{trial.Model}'"));
}
