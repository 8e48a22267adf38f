namespace Slipway.Build.Images.Scanning.Reports;

/// <summary>The output of <c>trivy version --format json</c>.</summary>
/// <param name="VulnerabilityDB">Null if there is none on this machine.</param>
public sealed record TrivyVersion(string? Version, TrivyDatabase? VulnerabilityDB)
{
    public override string ToString() => $"trivy {Version}";
}

/// <param name="UpdatedAt">When its content was published, not when it was downloaded.</param>
public sealed record TrivyDatabase(DateTimeOffset? UpdatedAt);
