using Slipway.Registry.Monitoring.Domains;

namespace Slipway.Automation.Monitoring.Domains;

/// <summary>The trainer, which fits a classifier to samples.</summary>
public interface IDomainClassifier
{
    Task<DomainScore> ScoreAsync(DomainSamples samples, CancellationToken cancellation);
}
