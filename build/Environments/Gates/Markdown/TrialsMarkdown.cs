using Slipway.Registry;

namespace Slipway.Build.Environments.Gates.Markdown;

/// <summary>All trials of a change as GitHub Markdown, for the page of a run and for one comment.</summary>
public static class TrialsMarkdown
{
    /// <summary>A comment takes 65,536 characters; the rest is for whoever puts it into one.</summary>
    public const int MostCharacters = 60_000;

    /// <param name="environment">That the champions are from.</param>
    public static string Of(string environment, IReadOnlyList<ModelTrial> trials)
    {
        var head = string.Concat(Head(environment, trials).Select(line => $"{line}\n"));
        // without a job the table says all
        var details = trials.OrderByDescending(trial => trial.Verdict).Take(TrialTable.MostRows).Where(trial => trial.Record is not null)
            .Select(trial => TrialDetails.Of(environment, trial, open: trials.Count == 1 || trial.Verdict > TrialVerdict.NotTried)).ToList();
        Shorten(details, MostCharacters - head.Length);
        return $"{head}\n{string.Join('\n', details.Select(one => one.Markdown))}";
    }

    private static IEnumerable<string> Head(string environment, IReadOnlyList<ModelTrial> trials) =>
    [
        $"## Model gate: {Sentence(trials)}",
        "",
        .. trials.Count == 0 ? ["No model is made of anything that this change touches."] : new[]
        {
            $"Each candidate was trained from this change and judged against what **{MarkdownText.Escape(environment)}** serves, on the same holdout rows. Nothing was published.",
            "",
        },
        .. trials.Count == 0 ? [] : TrialTable.Lines(environment, trials),
    ];

    private static string Sentence(IReadOnlyList<ModelTrial> trials)
    {
        if (trials.Count == 0)
            return "no model to try";
        (TrialVerdict Verdict, string Word)[] words =
            [(TrialVerdict.Failed, "failed"), (TrialVerdict.Refused, "refused"), (TrialVerdict.NotTried, "not tried"), (TrialVerdict.Passed, "passed")];
        return string.Join(", ", words.Select(one => (one.Word, Count: trials.Count(trial => trial.Verdict == one.Verdict))).Where(one => one.Count > 0).Select(one => $"{one.Count} {one.Word}"));
    }

    // the longest goes first: it is the one that nobody reads to its end
    private static void Shorten(List<TrialDetails> details, int most)
    {
        while (details.Sum(one => one.Length + 1) > most)
        {
            var (at, longest) = details.Index().SelectMany(one => one.Item.Sections.Select(section => (one.Index, section))).MaxBy(one => one.section.Markdown.Length);
            if (longest is not null && TrialDetails.LeftOut(longest).Markdown.Length < longest.Markdown.Length)
                details[at] = details[at].Without(longest);
            else
                // only verdicts are left, and those of the last are in the table
                details.RemoveAt(details.Count - 1);
        }
    }
}
