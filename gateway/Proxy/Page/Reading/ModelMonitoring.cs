using Slipway.Gateway.Monitoring;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Monitoring.Quality;

namespace Slipway.Gateway.Page.Reading;

/// <summary>How a model does in production, as far as that has been measured.</summary>
/// <param name="Drift">The newest verdict; null if there is none, or if it cannot be read.</param>
/// <param name="Quality">Null if no labels have been joined with predictions, or if it cannot be read.</param>
public sealed record ModelMonitoring(DriftVerdict? Drift, QualityReport? Quality)
{
    public static ModelMonitoring None { get; } = new(null, null);

    /// <summary>The verdict that still says something; null if nothing is known of now.</summary>
    public DriftVerdict? DriftAt(DateTimeOffset now) => Drift is not null && CurrentDrift.IsCurrent(Drift, now) ? Drift : null;

    /// <summary>The last days of a version together; null if its predictions have no labels.</summary>
    public VersionQuality? Recent(int? version) => Quality?.Versions.FirstOrDefault(one => one.Day is null && one.Version == version);
}
