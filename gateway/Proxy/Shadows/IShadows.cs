using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Shadows;

/// <summary>Copies of stable's requests that this process sends to a rollout's candidate.</summary>
public interface IShadows
{
    /// <summary>What has been compared since the rollout began; none before the first copy.</summary>
    ShadowCounts Counts(string rollout);

    /// <summary>The last requests that the candidate answered differently, newest last.</summary>
    IReadOnlyList<ShadowSample> Samples(string rollout);
}
