using System.Globalization;
using Slipway.Reporting;
using Slipway.Soak.Rows;

namespace Slipway.Soak.Reports;

/// <summary>The results of a soak, as a report with one table.</summary>
public static class SoakTable
{
    public static Section Of(SoakFindings findings) => new("Soak",
    [
        new Paragraph(RichText.Of(
            $"{findings.Machine.StartedAt:u}, commit {findings.Machine.Commit}{(findings.Machine.Dirty ? " with uncommitted changes" : "")}, seed {findings.Seed}. {findings.Machine.Processor}, {findings.Machine.Cores} cores, {findings.Machine.Platform}, {findings.Machine.Runtime}. {findings.Seconds / 60:0.0} minutes.")),
        findings.Machine.Warning is { } warning ? new Paragraph(warning, ParagraphStyle.Note) : null,
        findings.Plan == SoakPlan.Quick.Name
            ? new Paragraph("A quick run: fewer trials, and latencies and the slope of memory are shown but not judged.", ParagraphStyle.Note)
            : null,
        new Table(
            [
                new("row", ColumnStyle.RowHeader), "verdict", new("trials", ColumnStyle.Number), new("failures", ColumnStyle.Number),
                new("95 % upper bound", ColumnStyle.Number), new("bound", ColumnStyle.Prose), new("figure", ColumnStyle.Prose), new("negative control", ColumnStyle.Prose),
            ],
            [.. findings.Rows.Select(Row)]),
        Bullets(findings.Rows.Where(row => row.Reason is not null).Select(row => $"{row.Name}: {row.Reason}")),
        Bullets(findings.Rows.Where(row => row.Note is not null).Select(row => $"{row.Name}: {row.Note}")),
    ]);

    private static IReadOnlyList<Cell> Row(RowFinding row) =>
    [
        row.Name, Verdict(row.Verdict), Count(row, row.Trials), Count(row, row.Failures),
        row.UpperBound is { } upper ? upper.ToString(upper < 0.001 ? "0.0E+0" : "0.0000", CultureInfo.InvariantCulture) : "", row.Bound, row.Figure, row.Control ?? "",
    ];

    private static string Count(RowFinding row, long count) => row.Verdict is RowVerdict.NotRun or RowVerdict.Error ? "" : count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Verdict(RowVerdict verdict) => verdict switch
    {
        RowVerdict.Holds => "holds",
        RowVerdict.Broken => "broken",
        RowVerdict.NotRun => "not run",
        RowVerdict.Error => "error",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };

    private static Bullets? Bullets(IEnumerable<string> lines) => lines.Select(line => (RichText)line).ToList() is { Count: > 0 } items ? new(items) : null;
}
