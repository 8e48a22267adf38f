using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.Scanning.Reports;

namespace Slipway.Build.Images.Scanning.Policy;

/// <summary>What a release may carry: <c>build/scan-policy.json</c>, or a file of a team's own. A bound that is null counts without refusing.</summary>
/// <param name="Secrets">Of any severity.</param>
/// <param name="EndOfLife">Whether the distribution may be one that nobody mends any more.</param>
/// <param name="SystemPackages">Whether the scan must have seen packages of a distribution; only a base without one does without.</param>
/// <param name="Report">How old what a verdict rests on may be.</param>
/// <param name="Allow">What is known and accepted until a day.</param>
public sealed record ScanPolicy(
    VulnerabilityBounds Vulnerabilities, SeverityBounds Misconfigurations, int? Secrets, bool EndOfLife, bool SystemPackages,
    AgeBounds Report, [property: JsonPropertyName("nuget")] NuGetPolicy NuGet, IReadOnlyList<AllowedFinding> Allow)
{
    /// <summary>Where it stands, as people call it.</summary>
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

/// <param name="Fixable">How many at most that a newer version of the package mends.</param>
/// <param name="Unfixable">How many at most that nothing mends yet.</param>
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
/// <param name="DatabaseHoursAtMost">Since the scanner's vulnerability data was put together; null asks nothing, for a scanner that keeps it elsewhere.</param>
public sealed record AgeBounds(int HoursAtMost, int? DatabaseHoursAtMost);

/// <param name="NoData">What becomes of a release whose packages no feed has vulnerability data for.</param>
public sealed record NuGetPolicy(NoDataPolicy NoData);

[JsonConverter(typeof(NoDataPolicyConverter))]
public enum NoDataPolicy
{
    /// <summary>The release is not scanned.</summary>
    Fail,

    /// <summary>The release is judged by what the image's own scan says of the same packages, and says so.</summary>
    Warn,
}

/// <summary>Something found that is accepted, until a day and for a reason.</summary>
/// <param name="Expires">The last day that it counts, in UTC.</param>
/// <param name="Package">Only in this package; null in any.</param>
/// <param name="Image">Only in this image; null in both, and in the audit of the packages.</param>
public sealed record AllowedFinding(string Id, string Reason, DateOnly Expires, string? Package = null, string? Image = null)
{
    public bool Matches(ScanFinding finding, string? image) =>
        Id.Equals(finding.Id, StringComparison.OrdinalIgnoreCase)
        && (Package is null || Package.Equals(finding.Package, StringComparison.OrdinalIgnoreCase))
        && (Image is null || Image == image);

    public bool Expired(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime) > Expires;

    public override string ToString() => string.Concat(Id, Package is null ? "" : $" in {Package}", Image is null ? "" : $" of {Image}");
}

/// <summary>Only the two words, in lower case: a number would be taken else.</summary>
public sealed class NoDataPolicyConverter() : JsonStringEnumConverter<NoDataPolicy>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

/// <summary>What people write by hand: comments and trailing commas allowed, unknown members refused, none left out.</summary>
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
