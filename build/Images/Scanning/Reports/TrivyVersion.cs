namespace Slipway.Build.Images.Scanning.Reports;

/// <summary>What <c>trivy version --format json</c> says.</summary>
/// <param name="VulnerabilityDB">Null while there is none on this machine.</param>
public sealed record TrivyVersion(string? Version, TrivyDatabase? VulnerabilityDB)
{
    public override string ToString() => $"trivy {Version}";
}

/// <param name="UpdatedAt">When its content was put together, not when it was downloaded.</param>
public sealed record TrivyDatabase(DateTimeOffset? UpdatedAt);
