using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.Scanning.Gate;
using Slipway.Build.Images.Scanning.Policy;
using Slipway.Build.Images.Scanning.Reports;

namespace Slipway.Build.Images.Scanning.NuGet;

/// <summary>What the package feeds report about the packages of all projects here, direct and transitive.</summary>
/// <param name="Projects">How many were audited.</param>
/// <param name="Sources">The feeds that were queried for vulnerability data.</param>
/// <param name="NoData">Why part of the result is missing; empty if it is complete.</param>
public sealed record NuGetAudit(int Projects, IReadOnlyList<string> Sources, IReadOnlyList<ScanFinding> Findings, IReadOnlyList<string> NoData)
{
    public string Subject => $"NuGet packages of {Projects} projects";

    public static NuGetAudit Unanswered(IReadOnlyList<string> sources, string reason) => new(0, sources, [], [reason]);

    /// <summary>Whether there was a result at all. A feed without data also reports no findings.</summary>
    public ScanRule Rule(ScanPolicy policy)
    {
        if (NoData.Count == 0 && Projects > 0)
            return new("audit data", ScanOutcome.Passed, Sources.Count, "from every feed", "OK.");
        var why = NoData.Count > 0 ? string.Join(' ', NoData) : "No project was audited.";
        var (outcome, instead) = policy.NuGet.NoData == NoDataPolicy.Warn
            ? (ScanOutcome.Warned, $"{policy.File} accepts the image's own scan instead.")
            : (ScanOutcome.Inconclusive, $"Name a feed that has vulnerability data with --{SettingKeys.AuditSource.Name}=<url>, or accept the image's own scan instead: \"nuget\": {{ \"noData\": \"warn\" }} in {policy.File}, or in your own policy with --{SettingKeys.ScanPolicy.Name}=<file>.");
        return new("audit data", outcome, Sources.Count - Math.Max(1, NoData.Count), "from every feed", $"{why} The packages are not audited. {instead}");
    }
}
