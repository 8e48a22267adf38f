using System.Text.RegularExpressions;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Reports;

/// <summary>What Terraform would change, for the summary of a workflow run.</summary>
public static partial class PlanSummary
{
    /// <param name="plan">In Terraform's words; null if nothing would change.</param>
    /// <param name="applied">Whether it was applied.</param>
    public static Section Report(string environment, IReadOnlyList<string>? plan, bool applied) => new(
        $"{(applied ? "Changes" : "Plan")} of {environment}",
        plan is null
            ? [new Paragraph("It matches the code in infra/: nothing to change.")]
            :
            [
                // Plan: 3 to add, 1 to change, 0 to destroy.
                plan.Select(line => Counts().Match(line)).LastOrDefault(match => match.Success) is { } counts ? CountsOf(counts) : new Paragraph("Only outputs change."),
                new Details("The plan", [new CodeBlock(plan)]),
                applied ? new Paragraph("Carried out.", ParagraphStyle.Verdict) : null,
            ]);

    private static Table CountsOf(Match plan)
    {
        string[] shown = plan.Groups["import"].Success ? ["import", "add", "change", "destroy"] : ["add", "change", "destroy"];
        return new([.. shown.Select(what => new Column($"to {what}", ColumnStyle.Number))], [[.. shown.Select(what => (Cell)plan.Groups[what].Value)]]);
    }

    [GeneratedRegex(@"^Plan: (?:(?<import>\d+) to import, )?(?<add>\d+) to add, (?<change>\d+) to change, (?<destroy>\d+) to destroy")]
    private static partial Regex Counts();
}
