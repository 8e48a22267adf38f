using Slipway.Gateway.Probes;
using Slipway.Gateway.Shadows;
using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Rollouts;

/// <summary>Stands for probes and shadows in a gateway that has none.</summary>
public sealed class NoEvidence : IGoldenProbes, IShadows
{
    ProbeCounts IGoldenProbes.Counts(string rollout) => ProbeCounts.None;

    ShadowCounts IShadows.Counts(string rollout) => ShadowCounts.None;
}
