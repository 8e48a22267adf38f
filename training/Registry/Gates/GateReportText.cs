namespace Slipway.Registry.Gates;

/// <summary>A report for people, one verdict per line: <c>PASS metric averagePrecision 0.912 (&gt;= 0.8)</c>.</summary>
public static class GateReportText
{
    /// <summary>One line per verdict, with the reason if it failed, and one with the outcome.</summary>
    public static IEnumerable<string> Lines(GateReport report)
    {
        foreach (var verdict in report.Verdicts)
            yield return Line(verdict);

        yield return Summary(report);
    }

    /// <summary>One sentence: how many gates there were, and how many failed.</summary>
    public static string Summary(GateReport report)
    {
        var against = report.Champion is { } version ? $", compared with version {version}" : ", with no version to compare with";
        var failed = report.Verdicts.Count(verdict => !verdict.Passed);
        return report.Passed
            ? $"All {report.Verdicts.Count} gates passed{against}."
            : $"{failed} of {report.Verdicts.Count} gates failed{against}.";
    }

    public static string Line(GateVerdict verdict)
    {
        var value = verdict.Value is { } number ? " " + GateNumber.Text(number) : "";
        var line = $"{(verdict.Passed ? "PASS" : "FAIL")} {verdict.Rule}{value} ({verdict.Bound})";
        return verdict.Passed ? line : $"{line}: {verdict.Reason}";
    }
}
