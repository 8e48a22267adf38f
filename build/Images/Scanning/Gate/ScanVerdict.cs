using Slipway.Build.Images.Scanning.Policy;
using Slipway.Build.Images.Scanning.Reports;

namespace Slipway.Build.Images.Scanning.Gate;

/// <summary>The verdict on one scanned subject. What was not seen has not passed.</summary>
/// <param name="Subject">The image, or the audit of the NuGet packages.</param>
/// <param name="Packages">How many were scanned; null if unknown.</param>
/// <param name="Findings">The findings that count, the worst first.</param>
/// <param name="Accepted">The findings that the policy currently accepts.</param>
public sealed record ScanVerdict(
    string Subject, int? Packages, IReadOnlyList<ScanRule> Rules, IReadOnlyList<ScanFinding> Findings, IReadOnlyList<AcceptedFinding> Accepted)
{
    public ScanOutcome Outcome => Rules.Select(rule => rule.Outcome).DefaultIfEmpty(ScanOutcome.Inconclusive).Max();

    public bool Passed => Outcome is ScanOutcome.Passed or ScanOutcome.Warned;

    /// <summary>One sentence: how many rules there were, and how many did not pass.</summary>
    public string Summary
    {
        get
        {
            int Count(ScanOutcome outcome) => Rules.Count(rule => rule.Outcome == outcome);
            var open = Count(ScanOutcome.Inconclusive) is > 0 and var some ? $", {some} are inconclusive" : "";
            return Outcome == ScanOutcome.Passed ? $"All {Rules.Count} rules passed."
                : Passed ? $"{Count(ScanOutcome.Passed)} of {Rules.Count} rules passed, {Count(ScanOutcome.Warned)} warned."
                : $"{Count(ScanOutcome.Failed)} of {Rules.Count} rules failed{open}.";
        }
    }

    /// <summary>Whether a finding belongs to a rule that failed.</summary>
    public bool Refuses(ScanFinding finding) => Rules.Any(rule => rule.Outcome == ScanOutcome.Failed && rule.Rule == ScanGate.RuleOf(finding));
}

public sealed record AcceptedFinding(ScanFinding Finding, AllowedFinding Entry);
