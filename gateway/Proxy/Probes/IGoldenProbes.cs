using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Probes;

/// <summary>How both colors answer the golden sets of what they serve, for a rollout in which too few requests may arrive.</summary>
public interface IGoldenProbes
{
    /// <summary>What this process has sent since the rollout began; none before the first, and none if another gateway holds the lease.</summary>
    ProbeCounts Counts(string rollout);
}
