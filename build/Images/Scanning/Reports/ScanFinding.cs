namespace Slipway.Build.Images.Scanning.Reports;

public enum FindingKind
{
    Vulnerability,
    Misconfiguration,
    Secret,
}

/// <summary>One thing that a scan found.</summary>
/// <param name="Id">Of the advisory, the check, or the rule.</param>
/// <param name="Package">The package; of a secret or a misconfiguration the file.</param>
/// <param name="Installed">Empty where there is no package.</param>
/// <param name="FixedIn">The version without it; null while there is none.</param>
/// <param name="Target">Where it was found.</param>
public sealed record ScanFinding(
    FindingKind Kind, string Id, Severity Severity, string Package, string Installed, string? FixedIn, string Target, string? Title, string? Link)
{
    public bool Fixable => FixedIn is not null;
}
