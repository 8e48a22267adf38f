using Slipway.Registry.Gates;

namespace Slipway.Build.Images.Scanning.Gate;

/// <summary>One rule, its value and its limit.</summary>
/// <param name="Rule">Such as <c>vulnerabilities high fixable</c>, <c>secrets</c>, <c>report image</c>.</param>
/// <param name="Value">The count; null if there was nothing to count.</param>
/// <param name="Bound">The limit for people: <c>&lt;= 0</c>.</param>
/// <param name="Reason">One sentence.</param>
public sealed record ScanRule(string Rule, ScanOutcome Outcome, double? Value, string Bound, string Reason)
{
    /// <summary>Compares a number of findings with a limit; without a limit, it is only reported.</summary>
    public static ScanRule Count(string rule, string what, int count, int? most) => most is { } bound
        ? new(rule, count <= bound ? ScanOutcome.Passed : ScanOutcome.Failed, count, $"<= {bound}", $"{what}: {count}, which {(count <= bound ? "is" : "is not")} <= {bound}.")
        : new(rule, ScanOutcome.Passed, count, "counted only", $"{what}: {count}.");

    /// <summary><c>FAIL vulnerabilities high fixable 2 (&lt;= 0): ...</c></summary>
    public override string ToString()
    {
        var value = Value is { } number ? " " + GateNumber.Text(number) : "";
        var line = $"{Word(Outcome)} {Rule}{value} ({Bound})";
        return Outcome == ScanOutcome.Passed ? line : $"{line}: {Reason}";
    }

    public static string Word(ScanOutcome outcome) => outcome switch
    {
        ScanOutcome.Passed => "PASS",
        ScanOutcome.Warned => "WARN",
        ScanOutcome.Inconclusive => "INCONCLUSIVE",
        _ => "FAIL",
    };
}
