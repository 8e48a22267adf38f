using Slipway.Automation.Reports;
using Slipway.Registry;

namespace Slipway.Build.Environments.Gates.Markdown;

/// <summary>All of one trial that a reviewer may want to see, folded away behind its verdict.</summary>
/// <param name="Head">Up to the first section.</param>
internal sealed record TrialDetails(string Head, IReadOnlyList<MarkdownSection> Sections)
{
    private const string End = "</details>\n";

    // what a trainer prints when it gives up may be long
    private const int MostLetters = 4000;

    public int Length => Head.Length + Sections.Sum(section => section.Markdown.Length + 1) + End.Length;

    public string Markdown => $"{Head}{string.Concat(Sections.Select(section => $"{section.Markdown}\n"))}{End}";

    /// <param name="environment">That the champion is from.</param>
    /// <param name="open">Whether it is to be seen without a click.</param>
    public static TrialDetails Of(string environment, ModelTrial trial, bool open) => new(
        $"<details{(open ? " open" : "")}><summary><b>{MarkdownText.Escape(trial.Model)}</b>: {Sight(trial)}</summary>\n\n" +
        $"**{MarkdownText.Escape(trial.Reason.Length <= MostLetters ? trial.Reason : $"{trial.Reason[..MostLetters]}…")}**\n" +
        $"{(trial.Record?.Model is { } model ? $"\n{MarkdownText.Escape(model.Spec.Description)}\n" : "")}\n",
        trial.Record is null ? [] : [.. Parts(environment, trial, trial.Record)]);

    /// <summary>With a sentence in the place of one section.</summary>
    public TrialDetails Without(MarkdownSection left) =>
        this with { Sections = [.. Sections.Select(section => section == left ? LeftOut(section) : section)] };

    public static MarkdownSection LeftOut(MarkdownSection section) =>
        section with { Markdown = $"*The {section.Name} would make this page too long: see report.html among the artifacts of this run.*\n" };

    private static IEnumerable<MarkdownSection> Parts(string environment, ModelTrial trial, TrainingRecord record)
    {
        foreach (var section in TrainingReportMarkdown.Sections(record))
        {
            if (section.Name == "lineage")
                yield return TrialPictures.Lineage(environment, trial, record);
            yield return section;
            if (section.Name == "metrics" && record.Model is { } model)
                yield return TrialPictures.Metrics(trial, model);
        }
    }

    private static string Sight(ModelTrial trial) => trial switch
    {
        { Record.Outcome.Gates: { } gates } => $"{Word(trial.Verdict)}, {gates.Verdicts.Count(verdict => verdict.Passed)} of {gates.Verdicts.Count} gates",
        _ => Word(trial.Verdict),
    };

    // within a tag that Markdown does not look into
    private static string Word(TrialVerdict verdict) => TrialTable.Word(verdict).Trim('*');
}
