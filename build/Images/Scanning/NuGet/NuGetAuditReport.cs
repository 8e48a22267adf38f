using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Build.Images.Scanning.Reports;
using Slipway.Registry;

namespace Slipway.Build.Images.Scanning.NuGet;

/// <summary>The output of <c>dotnet list package --vulnerable --format json</c>. Projects without findings have no frameworks, and packages without findings are omitted.</summary>
public sealed record NuGetAuditReport(int? Version, IReadOnlyList<NuGetProblem>? Problems, IReadOnlyList<NuGetProject>? Projects)
{
    /// <param name="lines">The complete output.</param>
    /// <exception cref="SlipwayException">The output is not a report.</exception>
    public static NuGetAudit Read(IReadOnlyList<string> lines, IReadOnlyList<string> sources)
    {
        try
        {
            var text = string.Join('\n', lines.SkipWhile(line => !line.StartsWith('{')));
            var report = text.Length > 0 ? CompleteJson.Deserialize(text, NuGetAuditJson.Default.NuGetAuditReport) : null;
            return report is { Version: 1, Projects: { } projects }
                ? new(projects.Count, sources, ScanFindings.InOrder(projects.SelectMany(Findings)), NoData(report, sources))
                : throw new SlipwayException($"dotnet list package did not print a report of version 1:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
        }
        catch (JsonException e)
        {
            throw new SlipwayException($"dotnet list package printed a report that cannot be read: {e.Message}", e);
        }
    }

    // every project reports the same problem for the same feed; any other problem leaves the result open just the same
    private static IReadOnlyList<string> NoData(NuGetAuditReport report, IReadOnlyList<string> sources) =>
        [.. (report.Problems ?? []).Select(problem => AuditSources.Named(problem.Text ?? "NuGet reported a problem without a text.", sources)).Distinct()];

    private static IEnumerable<ScanFinding> Findings(NuGetProject project) =>
        from framework in project.Frameworks ?? []
        from package in (framework.TopLevelPackages ?? []).Concat(framework.TransitivePackages ?? [])
        from one in package.Vulnerabilities ?? []
        select Finding(package, one);

    // NuGet does not report the fixed version; there nearly always is one, and that limit is the stricter one
    private static ScanFinding Finding(NuGetPackage package, NuGetVulnerability one) => new(
        FindingKind.Vulnerability, one.AdvisoryUrl is { Length: > 0 } link ? link[(link.LastIndexOf('/') + 1)..] : "an advisory without a name",
        Rated(one.Severity, package.Id), package.Id ?? "", package.ResolvedVersion ?? "", "a newer version", "packages of this repository", null, one.AdvisoryUrl);

    // https://github.com/advisories has four, one of which has a different name
    private static Severity Rated(string? severity, string? package) => severity switch
    {
        "Critical" => Severity.Critical,
        "High" => Severity.High,
        "Moderate" => Severity.Medium,
        "Low" => Severity.Low,
        _ => throw new SlipwayException($"NuGet rates a vulnerability of {package} as '{severity}', which is not one of Critical, High, Moderate, Low. The audit cannot be evaluated."),
    };
}

public sealed record NuGetProblem(string? Level, string? Text);

public sealed record NuGetProject(string? Path, IReadOnlyList<NuGetFramework>? Frameworks);

public sealed record NuGetFramework(IReadOnlyList<NuGetPackage>? TopLevelPackages, IReadOnlyList<NuGetPackage>? TransitivePackages);

public sealed record NuGetPackage(string? Id, string? ResolvedVersion, IReadOnlyList<NuGetVulnerability>? Vulnerabilities);

public sealed record NuGetVulnerability(string? Severity, string? AdvisoryUrl);

/// <summary>All names are in camel case, except one.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(NuGetAuditReport))]
public sealed partial class NuGetAuditJson : JsonSerializerContext;
