using Slipway.Registry.Monitoring.Domains;

namespace Slipway.Automation.Monitoring.Domains;

/// <summary>Tells samples apart, as well as it can.</summary>
public interface IDomainClassifier
{
    DomainScore Score(DomainSamples samples, CancellationToken cancellation);
}
