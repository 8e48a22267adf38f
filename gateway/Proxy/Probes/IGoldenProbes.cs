using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Probes;

/// <summary>How both colors answer the golden sets of what they serve, for a rollout in which too few requests may arrive.</summary>
public interface IGoldenProbes
{
    /// <summary>What this process has sent while it held the lease, since the rollout began. Another gateway that takes the lease over counts on beside it.</summary>
    ProbeCounts Counts(string rollout);
}
