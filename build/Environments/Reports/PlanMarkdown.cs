using System.Text.RegularExpressions;
using Slipway.Build.Cli.Output.Markdown;
using Slipway.Registry;

namespace Slipway.Build.Environments.Reports;

/// <summary>What Terraform would change, on the page of a workflow's run.</summary>
public static partial class PlanMarkdown
{
    /// <param name="plan">In Terraform's words; null where nothing would change.</param>
    /// <param name="applied">Whether it was carried out.</param>
    public static IEnumerable<string> Lines(string environment, IReadOnlyList<string>? plan, bool applied)
    {
        yield return $"## {(applied ? "Changes" : "Plan")} of {MarkdownText.Escape(environment)}";
        yield return "";
        if (plan is null)
        {
            yield return "It matches the code in infra/: nothing to change.";
            yield break;
        }

        // Plan: 3 to add, 1 to change, 0 to destroy.
        var counts = plan.Select(line => Counts().Match(line)).LastOrDefault(match => match.Success);
        if (counts is null)
            yield return "Only outputs change.";
        else
            foreach (var line in MarkdownBlocks.Table(
                [.. counts.Groups["import"].Success ? ["to import:"] : Array.Empty<string>(), "to add:", "to change:", "to destroy:"],
                [[.. counts.Groups["import"].Success ? [counts.Groups["import"].Value] : Array.Empty<string>(), counts.Groups["add"].Value, counts.Groups["change"].Value, counts.Groups["destroy"].Value]]))
                yield return line;
        foreach (var line in MarkdownBlocks.Collapsed("The plan", MarkdownBlocks.Code(plan)))
            yield return line;
        if (applied)
            yield return "**Carried out.**";
    }

    [GeneratedRegex(@"^Plan: (?:(?<import>\d+) to import, )?(?<add>\d+) to add, (?<change>\d+) to change, (?<destroy>\d+) to destroy")]
    private static partial Regex Counts();
}
