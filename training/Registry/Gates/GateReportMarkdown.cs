namespace Slipway.Registry.Gates;

/// <summary>A report as a GitHub Markdown table, for pull requests: what failed comes first.</summary>
public static class GateReportMarkdown
{
    public static IEnumerable<string> Lines(GateReport report)
    {
        yield return MarkdownText.Escape(GateReportText.Summary(report));
        yield return "";
        yield return "| | gate | value | bound | reason |";
        yield return "|---|---|---:|---|---|";
        foreach (var verdict in report.Verdicts.OrderBy(verdict => verdict.Passed))
            yield return $"| {(verdict.Passed ? "pass" : "**FAIL**")} | {MarkdownText.Escape(verdict.Rule)} | {(verdict.Value is { } value ? GateNumber.Text(value) : "")} " +
                $"| {MarkdownText.Escape(verdict.Bound)} | {MarkdownText.Escape(verdict.Reason)} |";
    }
}
