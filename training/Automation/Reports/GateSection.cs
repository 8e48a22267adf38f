using Slipway.Registry.Gates;
using Slipway.Reporting;

namespace Slipway.Automation.Reports;

/// <summary>The value and threshold of each gate; failed gates come first.</summary>
public static class GateSection
{
    /// <param name="briefly">Without the reasons of those that passed.</param>
    public static Section Of(GateReport gates, bool briefly = false) => new(
        "Gates",
        [
            new Paragraph(GateReportText.Summary(gates)),
            new Table(
                ["Verdict", new("Gate", ColumnStyle.RowHeader), new("Value", ColumnStyle.Number), "Bound", new("Reason", ColumnStyle.Prose)],
                [.. gates.Verdicts.OrderBy(verdict => verdict.Passed).Select(verdict => Row(verdict, reason: !briefly || !verdict.Passed))]),
        ],
        "gates");

    private static IReadOnlyList<Cell> Row(GateVerdict verdict, bool reason) =>
        [Mark(verdict), verdict.Rule, verdict.Value is { } value ? GateNumber.Text(value) : "", verdict.Bound, reason ? verdict.Reason : ""];

    private static TextRun Mark(GateVerdict verdict) => verdict.Bound == GatePolicy.ReportedOnly
        ? new("info", TextStyle.Noted)
        : TextRun.Mark(verdict.Passed, verdict.Passed ? "pass" : "FAIL");
}
