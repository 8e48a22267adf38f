using System.Text.Json.Serialization;

namespace Slipway.Build.Images.Scanning.Reports;

/// <summary>
/// The part of Trivy's JSON report that we read (schema 2, https://github.com/aquasecurity/trivy/blob/main/pkg/types/report.go). It omits what is
/// empty, so every member may be absent, and newer versions add members, which are ignored.
/// </summary>
/// <param name="Results">Null if nothing was found in the image at all, not even packages.</param>
public sealed record TrivyReport(
    int? SchemaVersion, DateTimeOffset? CreatedAt, string? ArtifactName, string? ArtifactType, TrivyMetadata? Metadata, IReadOnlyList<TrivyResult>? Results)
{
    public const int Schema = 2;

    public const string ContainerImage = "container_image";

    [JsonIgnore]
    public IReadOnlyList<TrivyResult> AllResults => Results ?? [];
}

/// <param name="ImageID">The image's id in the engine.</param>
/// <param name="RepoDigests">The image's names in registries: <c>repository@sha256:...</c></param>
public sealed record TrivyMetadata(TrivySystem? OS, string? ImageID, IReadOnlyList<string>? RepoDigests = null);

/// <param name="EOSL">This distribution is no longer maintained.</param>
public sealed record TrivySystem(string? Family, string? Name, bool EOSL);

/// <param name="Target">The file, or the image with its distribution.</param>
/// <param name="Class"><c>os-pkgs</c>, <c>lang-pkgs</c>, <c>config</c>, <c>secret</c> ...</param>
/// <param name="Type"><c>ubuntu</c>, <c>dotnet-core</c>, <c>dockerfile</c> ...</param>
/// <param name="ExperimentalModifiedFindings">Findings that Trivy suppressed because of an ignore file or a VEX statement.</param>
public sealed record TrivyResult(
    string? Target, string? Class, string? Type, IReadOnlyList<TrivyPackage>? Packages, IReadOnlyList<TrivyVulnerability>? Vulnerabilities,
    IReadOnlyList<TrivyMisconfiguration>? Misconfigurations, IReadOnlyList<TrivySecret>? Secrets, IReadOnlyList<TrivyModifiedFinding>? ExperimentalModifiedFindings)
{
    public const string SystemPackages = "os-pkgs";

    /// <summary>The type of what is read from <c>*.deps.json</c>.</summary>
    public const string DotNet = "dotnet-core";
}

public sealed record TrivyPackage(string? Name, string? Version);

/// <param name="FixedVersion">Null if there is none yet.</param>
public sealed record TrivyVulnerability(
    string? VulnerabilityID, string? PkgName, string? InstalledVersion, string? FixedVersion, string? Severity, string? Title, string? PrimaryURL);

/// <param name="Status"><c>FAIL</c>, <c>PASS</c> or <c>EXCEPTION</c>.</param>
public sealed record TrivyMisconfiguration(string? ID, string? AVDID, string? Severity, string? Status, string? Title, string? Message, string? PrimaryURL);

/// <summary>The secret itself (<c>Match</c>) is not read: it must not appear in a log.</summary>
public sealed record TrivySecret(string? RuleID, string? Severity, string? Title, int? StartLine);

/// <param name="Source">The file that suppressed it.</param>
public sealed record TrivyModifiedFinding(string? Type, string? Status, string? Source);

/// <summary>Trivy's own names are in Pascal case, like ours in C#.</summary>
[JsonSerializable(typeof(TrivyReport))]
[JsonSerializable(typeof(TrivyVersion))]
public sealed partial class TrivyJson : JsonSerializerContext;
