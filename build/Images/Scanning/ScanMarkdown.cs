using Slipway.Build.Images.Scanning.Gate;
using Slipway.Build.Images.Scanning.Reports;
using Slipway.Registry;
using Slipway.Registry.Gates;

namespace Slipway.Build.Images.Scanning;

/// <summary>The verdicts of a scan as GitHub Markdown: a line for each thing that was scanned, then what refused it.</summary>
public static class ScanMarkdown
{
    // a summary of a GitHub job is cut at 1 MiB, and nobody reads the thousandth
    private const int ShownAtMost = 100;

    /// <param name="title">What was scanned: the tag of a release, or what runs somewhere.</param>
    public static IEnumerable<string> Lines(string title, string policy, IReadOnlyList<ScanVerdict> verdicts, IReadOnlyList<ScanRule> unused) =>
    [
        $"## Scan of {MarkdownText.Escape(title)}",
        "",
        $"| | scanned | packages | {string.Join(" | ", Severities.Select(severity => severity.Text()))} | secrets | misconfigurations | accepted |",
        $"|---|---|---:|{string.Concat(Severities.Select(_ => "---:|"))}---:|---:|---:|",
        .. verdicts.Select(Row),
        "",
        $"Judged by {MarkdownText.Escape(policy)}. Of vulnerabilities all are counted, and in brackets those that a newer version mends.",
        .. verdicts.SelectMany(Rules),
        .. unused.Select(rule => $"- {MarkdownText.Escape(rule.ToString())}"),
        .. verdicts.SelectMany(Refused),
        .. verdicts.SelectMany(Accepted),
    ];

    private static IReadOnlyList<Severity> Severities { get; } = Enum.GetValues<Severity>();

    private static string Row(ScanVerdict verdict)
    {
        string Vulnerabilities(Severity severity)
        {
            ScanFinding[] found = [.. verdict.Findings.Where(finding => finding.Kind == FindingKind.Vulnerability && finding.Severity == severity)];
            return found.Length == 0 ? "0" : $"{found.Length} ({found.Count(finding => finding.Fixable)})";
        }

        int Others(FindingKind kind) => verdict.Findings.Count(finding => finding.Kind == kind);
        var word = ScanRule.Word(verdict.Outcome);
        return $"| {(verdict.Passed ? word.ToLowerInvariant() : $"**{word}**")} | {MarkdownText.Escape(verdict.Subject)} | {verdict.Packages} " +
            $"| {string.Join(" | ", Severities.Select(Vulnerabilities))} | {Others(FindingKind.Secret)} | {Others(FindingKind.Misconfiguration)} | {verdict.Accepted.Count} |";
    }

    private static IEnumerable<string> Rules(ScanVerdict verdict)
    {
        ScanRule[] said = [.. verdict.Rules.Where(rule => rule.Outcome != ScanOutcome.Passed).OrderByDescending(rule => rule.Outcome)];
        return said.Length == 0 ? [] :
        [
            "",
            $"### {MarkdownText.Escape(verdict.Subject)}: {verdict.Summary}",
            "",
            "| | rule | value | bound | reason |",
            "|---|---|---:|---|---|",
            .. said.Select(rule => $"| {ScanRule.Word(rule.Outcome)} | {MarkdownText.Escape(rule.Rule)} | {(rule.Value is { } value ? GateNumber.Text(value) : "")} " +
                $"| {MarkdownText.Escape(rule.Bound)} | {MarkdownText.Escape(rule.Reason)} |"),
        ];
    }

    private static IEnumerable<string> Refused(ScanVerdict verdict)
    {
        ScanFinding[] findings = [.. verdict.Findings.Where(verdict.Refuses)];
        return findings.Length == 0 ? [] :
        [
            "",
            $"### Over the bound in {MarkdownText.Escape(verdict.Subject)}",
            "",
            "| severity | finding | in | installed | fixed in | what |",
            "|---|---|---|---|---|---|",
            .. findings.Take(ShownAtMost).Select(finding => $"| {finding.Severity.Text()} | {Linked(finding)} | {MarkdownText.Escape(finding.Kind == FindingKind.Vulnerability ? finding.Package : finding.Target)} " +
                $"| {MarkdownText.Escape(finding.Installed)} | {MarkdownText.Escape(finding.FixedIn ?? "")} | {MarkdownText.Escape(finding.Title ?? "")} |"),
            .. findings.Length > ShownAtMost ? [$"", $"{findings.Length - ShownAtMost} more stand in the report."] : Array.Empty<string>(),
        ];
    }

    private static IEnumerable<string> Accepted(ScanVerdict verdict) => verdict.Accepted.Count == 0 ? [] :
    [
        "",
        $"### Accepted in {MarkdownText.Escape(verdict.Subject)}",
        "",
        "| severity | finding | in | until | reason |",
        "|---|---|---|---|---|",
        .. verdict.Accepted.Take(ShownAtMost).Select(one => $"| {one.Finding.Severity.Text()} | {Linked(one.Finding)} | {MarkdownText.Escape(one.Finding.Package)} " +
            $"| {one.Entry.Expires:yyyy-MM-dd} | {MarkdownText.Escape(one.Entry.Reason)} |"),
    ];

    // a link of the report's is taken only where it can do nothing but lead somewhere
    private static string Linked(ScanFinding finding) =>
        finding.Link is { } link && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "https" && link.All(letter => letter is not (' ' or '(' or ')' or '<' or '>' or '|'))
            ? $"[{MarkdownText.Escape(finding.Id)}]({link})"
            : MarkdownText.Escape(finding.Id);
}
