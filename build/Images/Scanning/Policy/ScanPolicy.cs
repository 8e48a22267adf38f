using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.Scanning.Reports;

namespace Slipway.Build.Images.Scanning.Policy;

/// <summary>What a release may contain: <c>build/scan-policy.json</c>, or a team's own file. A limit of null only counts.</summary>
/// <param name="Secrets">Of any severity.</param>
/// <param name="EndOfLife">Whether the distribution may be one that is no longer maintained.</param>
/// <param name="SystemPackages">Whether the scan must have seen the packages of a distribution; only a base image without one needs false.</param>
/// <param name="Report">How old the data behind a verdict may be.</param>
/// <param name="Allow">Known findings that are accepted until a date.</param>
public sealed record ScanPolicy(
    VulnerabilityBounds Vulnerabilities, SeverityBounds Misconfigurations, int? Secrets, bool EndOfLife, bool SystemPackages,
    AgeBounds Report, [property: JsonPropertyName("nuget")] NuGetPolicy NuGet, IReadOnlyList<AllowedFinding> Allow)
{
    /// <summary>The displayed path of the policy.</summary>
    [JsonIgnore]
    public string File { get; init; } = Paths.ScanPolicy;
}

public sealed record VulnerabilityBounds(FixBounds Critical, FixBounds High, FixBounds Medium, FixBounds Low, FixBounds Unknown)
{
    public FixBounds this[Severity severity] => severity switch
    {
        Severity.Critical => Critical,
        Severity.High => High,
        Severity.Medium => Medium,
        Severity.Low => Low,
        _ => Unknown,
    };
}

/// <param name="Fixable">The maximum number for which a newer version of the package has a fix.</param>
/// <param name="Unfixable">The maximum number without a fix.</param>
public sealed record FixBounds(int? Fixable, int? Unfixable);

public sealed record SeverityBounds(int? Critical, int? High, int? Medium, int? Low, int? Unknown)
{
    public int? this[Severity severity] => severity switch
    {
        Severity.Critical => Critical,
        Severity.High => High,
        Severity.Medium => Medium,
        Severity.Low => Low,
        _ => Unknown,
    };
}

/// <param name="HoursAtMost">Since the scan.</param>
/// <param name="DatabaseHoursAtMost">Since the scanner's vulnerability data was published; null disables the check, for a scanner that keeps its data elsewhere.</param>
public sealed record AgeBounds(int HoursAtMost, int? DatabaseHoursAtMost);

/// <param name="NoData">What happens to a release for whose packages no feed has vulnerability data.</param>
public sealed record NuGetPolicy(NoDataPolicy NoData);

[JsonConverter(typeof(NoDataPolicyConverter))]
public enum NoDataPolicy
{
    /// <summary>The release is not scanned.</summary>
    Fail,

    /// <summary>The image's own scan of the same packages decides, and the verdict says so.</summary>
    Warn,
}

/// <summary>A finding that is accepted until a date and for a reason.</summary>
/// <param name="Expires">The last day on which it applies, in UTC.</param>
/// <param name="Package">Only in this package; null in any.</param>
/// <param name="Image">Only in this image; null for both, and for the audit of NuGet packages.</param>
public sealed record AllowedFinding(string Id, string Reason, DateOnly Expires, string? Package = null, string? Image = null)
{
    public bool Matches(ScanFinding finding, string? image) =>
        Id.Equals(finding.Id, StringComparison.OrdinalIgnoreCase)
        && (Package is null || Package.Equals(finding.Package, StringComparison.OrdinalIgnoreCase))
        && (Image is null || Image == image);

    public bool Expired(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime) > Expires;

    public override string ToString() => string.Concat(Id, Package is null ? "" : $" in {Package}", Image is null ? "" : $" of {Image}");
}

/// <summary>Only the two words, in lower case: otherwise numbers would be accepted.</summary>
public sealed class NoDataPolicyConverter() : JsonStringEnumConverter<NoDataPolicy>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

/// <summary>Written by hand: comments and trailing commas are allowed, unknown members are rejected, and none may be missing.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ScanPolicy))]
public sealed partial class ScanPolicyJson : JsonSerializerContext;
