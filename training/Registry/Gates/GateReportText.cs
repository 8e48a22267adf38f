namespace Slipway.Registry.Gates;

/// <summary>Verdicts for people, one per line: <c>PASS metric averagePrecision 0.912 (&gt;= 0.8)</c>.</summary>
public static class GateReportText
{
    /// <summary>One sentence: how many gates there were, and how many failed.</summary>
    public static string Summary(GateReport report)
    {
        var against = report.Champion is { } version ? $", compared with version {version}" : ", with no version to compare with";
        var failed = report.Verdicts.Count(verdict => !verdict.Passed);
        return report.Passed
            ? $"All {report.Verdicts.Count} gates passed{against}."
            : $"{failed} of {report.Verdicts.Count} gates failed{against}.";
    }

    /// <summary>With the reason where it failed.</summary>
    public static string Line(GateVerdict verdict)
    {
        var value = verdict.Value is { } number ? " " + GateNumber.Text(number) : "";
        var line = $"{(verdict.Passed ? "PASS" : "FAIL")} {verdict.Rule}{value} ({verdict.Bound})";
        return verdict.Passed ? line : $"{line}: {verdict.Reason}";
    }
}
