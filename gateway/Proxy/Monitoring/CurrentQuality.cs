using Slipway.Registry.Monitoring.Quality;

namespace Slipway.Gateway.Monitoring;

/// <summary>How good each model is on real predictions.</summary>
public sealed class CurrentQuality : CurrentReports<QualityReport>;
