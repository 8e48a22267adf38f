using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.Scanning.Gate;
using Slipway.Build.Images.Scanning.Policy;
using Slipway.Build.Images.Scanning.Reports;

namespace Slipway.Build.Images.Scanning.NuGet;

/// <summary>What the feeds say of the packages that all projects here use, direct and transitive.</summary>
/// <param name="Projects">How many were audited.</param>
/// <param name="Sources">Where vulnerability data was asked for.</param>
/// <param name="NoData">Why a part of the answer is missing; empty where it is whole.</param>
public sealed record NuGetAudit(int Projects, IReadOnlyList<string> Sources, IReadOnlyList<ScanFinding> Findings, IReadOnlyList<string> NoData)
{
    public string Subject => $"NuGet packages of {Projects} projects";

    public static NuGetAudit Unanswered(IReadOnlyList<string> sources, string reason) => new(0, sources, [], [reason]);

    /// <summary>Whether there was an answer at all. A list without findings is also what a feed without data gives.</summary>
    public ScanRule Rule(ScanPolicy policy)
    {
        if (NoData.Count == 0 && Projects > 0)
            return new("audit data", ScanOutcome.Passed, Sources.Count, "from every feed", "As it should be.");
        var why = NoData.Count > 0 ? string.Join(' ', NoData) : "No project was audited.";
        var (outcome, instead) = policy.NuGet.NoData == NoDataPolicy.Warn
            ? (ScanOutcome.Warned, $"{policy.File} lets the image's own scan be enough.")
            : (ScanOutcome.Inconclusive, $"Name a feed that has vulnerability data with --{SettingKeys.AuditSource.Name}=<address>, or let the image's own scan be enough: \"nuget\": {{ \"noData\": \"warn\" }} in {policy.File}, or in a policy of your own that --{SettingKeys.ScanPolicy.Name}=<file> names.");
        return new("audit data", outcome, Sources.Count - Math.Max(1, NoData.Count), "from every feed", $"{why} The packages are not audited. {instead}");
    }
}
