using System.Globalization;
using Slipway.Build.Images.Scanning.Gate;
using Slipway.Build.Images.Scanning.Reports;
using Slipway.Registry.Gates;
using Slipway.Reporting;

namespace Slipway.Build.Images.Scanning;

/// <summary>The verdicts of a scan as a report: a line for each thing that was scanned, then what refused it.</summary>
public static class ScanSummary
{
    // a GitHub job summary is limited to 1 MiB, and nobody reads the thousandth finding
    private const int MaxShown = 100;

    /// <param name="title">What was scanned: the tag of a release, or the running images of an environment.</param>
    public static Section Of(string title, string policy, IReadOnlyList<ScanVerdict> verdicts, IReadOnlyList<ScanRule> unused) => new($"Scan of {title}",
    [
        new Table(
            [
                "", new("scanned", ColumnStyle.RowHeader), Number("packages"), .. Severities.Select(severity => Number(severity.Text())),
                Number("secrets"), Number("misconfigurations"), Number("accepted"),
            ],
            [.. verdicts.Select(Row)]),
        new Paragraph($"Policy: {policy}. All vulnerabilities are counted, with those that a newer version fixes in brackets."),
        unused.Count == 0 ? null : new Bullets([.. unused.Select(rule => (RichText)rule.ToString())]),
        .. verdicts.Select(Rules),
        .. verdicts.Select(Refused),
        .. verdicts.Select(Accepted),
    ]);

    private static IReadOnlyList<Severity> Severities { get; } = Enum.GetValues<Severity>();

    private static Column Number(string name) => new(name, ColumnStyle.Number);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<Cell> Row(ScanVerdict verdict)
    {
        string Vulnerabilities(Severity severity)
        {
            ScanFinding[] found = [.. verdict.Findings.Where(finding => finding.Kind == FindingKind.Vulnerability && finding.Severity == severity)];
            return found.Length == 0 ? "0" : $"{found.Length} ({found.Count(finding => finding.Fixable)})";
        }

        string Others(FindingKind kind) => Number(verdict.Findings.Count(finding => finding.Kind == kind));
        var word = ScanRule.Word(verdict.Outcome);
        return
        [
            TextRun.Mark(verdict.Passed, verdict.Passed ? word.ToLowerInvariant() : word), verdict.Subject, verdict.Packages is { } packages ? Number(packages) : "",
            .. Severities.Select(severity => (Cell)Vulnerabilities(severity)), Others(FindingKind.Secret), Others(FindingKind.Misconfiguration), Number(verdict.Accepted.Count),
        ];
    }

    private static Section? Rules(ScanVerdict verdict)
    {
        ScanRule[] said = [.. verdict.Rules.Where(rule => rule.Outcome != ScanOutcome.Passed).OrderByDescending(rule => rule.Outcome)];
        return said.Length == 0 ? null : new($"{verdict.Subject}: {verdict.Summary}",
        [
            new Table(
                ["", new("rule", ColumnStyle.RowHeader), Number("value"), "bound", new("reason", ColumnStyle.Prose)],
                [.. said.Select(rule => (IReadOnlyList<Cell>)[ScanRule.Word(rule.Outcome), rule.Rule, rule.Value is { } value ? GateNumber.Text(value) : "", rule.Bound, rule.Reason])]),
        ]);
    }

    private static Section? Refused(ScanVerdict verdict)
    {
        ScanFinding[] findings = [.. verdict.Findings.Where(verdict.Refuses)];
        return findings.Length == 0 ? null : new($"Over the bound in {verdict.Subject}",
        [
            new Table(
                ["severity", new("finding", ColumnStyle.RowHeader), "in", "installed", "fixed in", new("what", ColumnStyle.Prose)],
                [.. findings.Take(MaxShown).Select(finding => (IReadOnlyList<Cell>)
                [
                    finding.Severity.Text(), new TextRun(finding.Id, Link: finding.Link), finding.Kind == FindingKind.Vulnerability ? finding.Package : finding.Target,
                    finding.Installed, finding.FixedIn ?? "", finding.Title ?? "",
                ])]),
            findings.Length > MaxShown ? new Paragraph($"{findings.Length - MaxShown} more are in the report.") : null,
        ]);
    }

    private static Section? Accepted(ScanVerdict verdict) => verdict.Accepted.Count == 0 ? null : new($"Accepted in {verdict.Subject}",
    [
        new Table(
            ["severity", new("finding", ColumnStyle.RowHeader), "in", "until", new("reason", ColumnStyle.Prose)],
            [.. verdict.Accepted.Take(MaxShown).Select(one => (IReadOnlyList<Cell>)
            [
                one.Finding.Severity.Text(), new TextRun(one.Finding.Id, Link: one.Finding.Link), one.Finding.Package,
                one.Entry.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), one.Entry.Reason,
            ])]),
    ]);
}
