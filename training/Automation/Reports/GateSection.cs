using Slipway.Registry.Gates;

namespace Slipway.Automation.Reports;

/// <summary>What each gate saw and asked for; what failed comes first.</summary>
internal static class GateSection
{
    public static Html Of(TrainingRecord record) => record.Outcome.Gates is not { } gates ? Html.Empty : Html.Of(
        $"""
        <section id="gates">
        <h2>Gates</h2>
        <p class="quiet">{GateReportText.Summary(gates)}</p>
        <div class="wide"><table>
        <thead><tr><th scope="col">Verdict</th><th scope="col">Gate</th><th scope="col" class="number">Value</th><th scope="col">Bound</th><th scope="col">Reason</th></tr></thead>
        <tbody>
        {gates.Verdicts.OrderBy(verdict => verdict.Passed).Select(Row)}
        </tbody>
        </table></div>
        </section>
        """);

    private static Html Row(GateVerdict verdict) => Html.Of(
        $"""
        <tr><td>{Mark(verdict)}</td><th scope="row">{verdict.Rule}</th><td class="number">{(verdict.Value is { } value ? GateNumber.Text(value) : "")}</td><td>{verdict.Bound}</td><td class="prose">{verdict.Reason}</td></tr>

        """);

    private static Html Mark(GateVerdict verdict) => verdict.Bound == GatePolicy.ReportedOnly
        ? new("""<span class="mark">seen</span>""")
        : Mark(verdict.Passed, verdict.Passed ? "pass" : "FAIL");

    public static Html Mark(bool good, string text) => Html.Of($"""<span class="mark {(good ? "good" : "bad")}">{text}</span>""");
}
