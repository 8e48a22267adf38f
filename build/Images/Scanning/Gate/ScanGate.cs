using Slipway.Build.Images.Scanning.NuGet;
using Slipway.Build.Images.Scanning.Policy;
using Slipway.Build.Images.Scanning.Reports;

namespace Slipway.Build.Images.Scanning.Gate;

/// <summary>Decides whether a scanned image may be released. Fails closed: what was not seen has not passed.</summary>
public static class ScanGate
{
    /// <param name="scanned">The scanned image, and the version of the scanner and its data.</param>
    public static ScanVerdict Evaluate(ScannedImage scanned, ScanPolicy policy, DateTimeOffset now) => Evaluate(
        scanned.Image.Subject, ReportRules.Packages(scanned.Report), scanned.Image.Name, ScanFindings.Of(scanned.Report), policy, now,
        [.. ReportRules.Of(scanned, policy, now)]);

    /// <summary>The audit of the NuGet packages, by the package feed.</summary>
    public static ScanVerdict Evaluate(NuGetAudit audit, ScanPolicy policy, DateTimeOffset now) =>
        Evaluate(audit.Subject, packages: null, image: null, audit.Findings, policy, now, [audit.Rule(policy)]);

    /// <summary>The rule that counts a finding.</summary>
    public static string RuleOf(ScanFinding finding) => finding.Kind switch
    {
        FindingKind.Secret => "secrets",
        FindingKind.Misconfiguration => $"misconfigurations {finding.Severity.Text()}",
        _ => $"vulnerabilities {finding.Severity.Text()} {(finding.Fixable ? "fixable" : "unfixable")}",
    };

    /// <summary>Exceptions that match nothing any more: the finding was fixed, or the exception has a typo.</summary>
    public static IEnumerable<AllowedFinding> Unused(ScanPolicy policy, IEnumerable<ScanVerdict> verdicts) =>
        policy.Allow.Except(verdicts.SelectMany(verdict => verdict.Accepted).Select(accepted => accepted.Entry));

    private static ScanVerdict Evaluate(
        string subject, int? packages, string? image, IReadOnlyList<ScanFinding> found, ScanPolicy policy, DateTimeOffset now, IReadOnlyList<ScanRule> first)
    {
        var accepted = new List<AcceptedFinding>();
        var counted = new List<ScanFinding>();
        foreach (var finding in found)
        {
            if (policy.Allow.FirstOrDefault(entry => !entry.Expired(now) && entry.Matches(finding, image)) is { } entry)
                accepted.Add(new(finding, entry));
            else
                counted.Add(finding);
        }

        return new(subject, packages, [.. first, .. FindingRules.Of(counted, policy, image), .. Expired(policy, image, now)], counted, accepted);
    }

    // an expired exception is reported with its image, or else with the audit, which every release has once
    private static IEnumerable<ScanRule> Expired(ScanPolicy policy, string? image, DateTimeOffset now) =>
        from entry in policy.Allow
        where entry.Expired(now) && entry.Image == image
        select new ScanRule(
            $"allowed {entry}", ScanOutcome.Failed, null, $"until {entry.Expires:yyyy-MM-dd}",
            $"This exception in {policy.File} has expired ({entry.Reason}). Review it: fix the finding, remove the line, or set a new reason and date.");
}
