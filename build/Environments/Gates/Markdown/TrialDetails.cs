using Slipway.Automation.Reports;
using Slipway.Reporting;
using Slipway.Reporting.Markdown;

namespace Slipway.Build.Environments.Gates.Markdown;

/// <summary>Everything about one trial that a reviewer may want to see, collapsed under its verdict.</summary>
/// <param name="Head">Without the parts.</param>
internal sealed record TrialDetails(Details Head, IReadOnlyList<TrialPart> Parts)
{
    // the output of a failing trainer may be long
    private const int MaxLength = 4000;

    private readonly int _head = Render(Head).Length;

    public int Length => _head + Parts.Sum(part => part.Length);

    public string Markdown => Render(Head with { Blocks = [.. Head.Blocks, .. Parts.Select(part => part.Block)] });

    /// <param name="environment">The environment of the champion.</param>
    /// <param name="open">Whether it is expanded.</param>
    public static TrialDetails Of(string environment, ModelTrial trial, bool open)
    {
        var verdict = new Paragraph(trial.Reason.Length <= MaxLength ? trial.Reason : $"{trial.Reason[..MaxLength]}…", ParagraphStyle.Verdict);
        return new(
            new(
                RichText.Of($"{TextRun.Strong(trial.Model)}: {Describe(trial)}"),
                trial.Record?.Model is { } model ? [verdict, new Paragraph(model.Spec.Description)] : [verdict],
                open),
            trial.Record is null ? [] : [.. PartsOf(environment, trial, trial.Record)]);
    }

    /// <summary>With a sentence in the place of one part.</summary>
    public TrialDetails Without(TrialPart left) => this with { Parts = [.. Parts.Select(part => part == left ? part.LeftOut : part)] };

    private static string Render(Details details) => MarkdownRenderer.Text(details, TrialPart.Level);

    private static IEnumerable<TrialPart> PartsOf(string environment, ModelTrial trial, TrainingRecord record)
    {
        foreach (var section in TrainingReportMarkdown.Sections(record))
        {
            if (section.Name == "lineage" && TrialPictures.Lineage(environment, trial, record) is { } lineage)
                yield return new("picture of the lineage", lineage);
            yield return new(section.Name!, section);
            if (section.Name == "metrics" && record.Model is { } model)
                yield return new("chart of the metrics", TrialPictures.Metrics(trial, model));
        }
    }

    private static string Describe(ModelTrial trial) => trial switch
    {
        { Record.Outcome.Gates: { } gates } => $"{TrialTable.Word(trial.Verdict)}, {gates.Verdicts.Count(verdict => verdict.Passed)} of {gates.Verdicts.Count} gates",
        _ => TrialTable.Word(trial.Verdict),
    };
}
