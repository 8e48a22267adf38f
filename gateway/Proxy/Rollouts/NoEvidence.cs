using Slipway.Gateway.Probes;
using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Rollouts;

/// <summary>Stands for probes in a gateway that has none.</summary>
public sealed class NoEvidence : IGoldenProbes
{
    ProbeCounts IGoldenProbes.Counts(string rollout) => ProbeCounts.None;
}
