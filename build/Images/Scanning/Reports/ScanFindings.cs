using Slipway.Registry;

namespace Slipway.Build.Images.Scanning.Reports;

/// <summary>The findings of a report, without duplicates, the worst first.</summary>
public static class ScanFindings
{
    /// <exception cref="SlipwayException">A finding has no name, or an unknown severity.</exception>
    public static IReadOnlyList<ScanFinding> Of(TrivyReport report) => InOrder(report.AllResults.SelectMany(Of));

    public static IReadOnlyList<ScanFinding> InOrder(IEnumerable<ScanFinding> findings) =>
    [
        .. findings
            .DistinctBy(finding => (finding.Kind, finding.Id, finding.Package, finding.Installed, finding.Target))
            .OrderBy(finding => finding.Severity).ThenBy(finding => finding.Id, StringComparer.Ordinal).ThenBy(finding => finding.Package, StringComparer.Ordinal),
    ];

    private static IEnumerable<ScanFinding> Of(TrivyResult result)
    {
        var target = result.Target ?? "";
        return
        [
            .. (result.Vulnerabilities ?? []).Select(one => Vulnerability(one, target)),
            .. (result.Misconfigurations ?? []).Where(Failed).Select(one => Misconfiguration(one, target)),
            .. (result.Secrets ?? []).Select(one => Secret(one, target)),
        ];
    }

    // an unknown status counts as failed
    private static bool Failed(TrivyMisconfiguration one) => one.Status is not ("PASS" or "EXCEPTION");

    private static ScanFinding Vulnerability(TrivyVulnerability one, string target)
    {
        var id = Named(one.VulnerabilityID, "a vulnerability", target);
        return new(
            FindingKind.Vulnerability, id, SeverityText.Parse(one.Severity, id), one.PkgName ?? "", one.InstalledVersion ?? "",
            one.FixedVersion is { Length: > 0 } version ? version : null, target, one.Title, one.PrimaryURL);
    }

    private static ScanFinding Misconfiguration(TrivyMisconfiguration one, string target)
    {
        var id = Named(one.ID ?? one.AVDID, "a misconfiguration", target);
        return new(FindingKind.Misconfiguration, id, SeverityText.Parse(one.Severity, id), target, "", null, target, one.Message ?? one.Title, one.PrimaryURL);
    }

    private static ScanFinding Secret(TrivySecret one, string target)
    {
        var id = Named(one.RuleID, "a secret", target);
        var place = one.StartLine is { } line ? $"{target}:{line}" : target;
        return new(FindingKind.Secret, id, SeverityText.Parse(one.Severity, id), target, "", null, place, one.Title, null);
    }

    private static string Named(string? id, string what, string target) => id is { Length: > 0 }
        ? id
        : throw new SlipwayException($"The scan found {what} in '{target}' but does not identify it. The report cannot be evaluated.");
}
