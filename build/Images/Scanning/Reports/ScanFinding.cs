namespace Slipway.Build.Images.Scanning.Reports;

public enum FindingKind
{
    Vulnerability,
    Misconfiguration,
    Secret,
}

/// <summary>One finding of a scan.</summary>
/// <param name="Id">The id of the advisory, check or rule.</param>
/// <param name="Package">The package; for a secret or a misconfiguration, the file.</param>
/// <param name="Installed">Empty if there is no package.</param>
/// <param name="FixedIn">The fixed version; null if there is none.</param>
/// <param name="Target">Where it was found.</param>
public sealed record ScanFinding(
    FindingKind Kind, string Id, Severity Severity, string Package, string Installed, string? FixedIn, string Target, string? Title, string? Link)
{
    public bool Fixable => FixedIn is not null;
}
