using Slipway.Registry.Monitoring.Domains;

namespace Slipway.Gateway.Monitoring;

/// <summary>Whether all columns of each model's requests together are like its training data.</summary>
public sealed class CurrentDomains : CurrentReports<DomainVerdict>;
