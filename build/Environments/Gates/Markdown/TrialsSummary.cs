using Slipway.Reporting;
using Slipway.Reporting.Markdown;

namespace Slipway.Build.Environments.Gates.Markdown;

/// <summary>All trials of a change as GitHub-flavored Markdown, for the summary of a run and for a comment.</summary>
public static class TrialsSummary
{
    /// <summary>A comment is limited to 65,536 characters; the rest is reserved for the text around it.</summary>
    public const int MaxCharacters = 60_000;

    /// <param name="environment">The environment of the champions.</param>
    public static string Of(string environment, IReadOnlyList<ModelTrial> trials)
    {
        var head = MarkdownRenderer.Text(Head(environment, trials));
        // without a job, the table is complete
        var details = trials.OrderByDescending(trial => trial.Verdict).Take(TrialTable.MaxRows).Where(trial => trial.Record is not null)
            .Select(trial => TrialDetails.Of(environment, trial, open: trials.Count == 1 || trial.Verdict > TrialVerdict.NotTrained)).ToList();
        Shorten(details, MaxCharacters - head.Length);
        return $"{head}\n{string.Join('\n', details.Select(one => one.Markdown))}";
    }

    private static Section Head(string environment, IReadOnlyList<ModelTrial> trials) => new(
        $"Model gate: {Sentence(trials)}",
        trials.Count == 0
            ? [new Paragraph("This change affects no model.")]
            :
            [
                new Paragraph(RichText.Of(
                    $"Each candidate was trained from this change and compared with what {TextRun.Strong(environment)} serves, on the same holdout rows. Nothing was published.")),
                .. TrialTable.Of(environment, trials),
            ]);

    private static string Sentence(IReadOnlyList<ModelTrial> trials)
    {
        if (trials.Count == 0)
            return "no model to train";
        (TrialVerdict Verdict, string Word)[] words =
            [(TrialVerdict.Failed, "failed"), (TrialVerdict.Refused, "refused"), (TrialVerdict.NotTrained, "not trained"), (TrialVerdict.Passed, "passed")];
        return string.Join(", ", words.Select(one => (one.Word, Count: trials.Count(trial => trial.Verdict == one.Verdict))).Where(one => one.Count > 0).Select(one => $"{one.Count} {one.Word}"));
    }

    // the longest is collapsed first: it is the least likely to be read to its end
    private static void Shorten(List<TrialDetails> details, int most)
    {
        while (details.Sum(one => one.Length + 1) > most)
        {
            var (at, longest) = details.Index().SelectMany(one => one.Item.Parts.Select(part => (one.Index, part))).MaxBy(one => one.part.Length);
            if (longest is not null && longest.LeftOut.Length < longest.Length)
                details[at] = details[at].Without(longest);
            else
                // only the verdicts are left, and the table shows them too
                details.RemoveAt(details.Count - 1);
        }
    }
}
