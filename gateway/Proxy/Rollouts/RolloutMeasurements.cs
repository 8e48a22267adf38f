using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Rollouts;

/// <summary>What the lease holder knows of a rollout at one tick.</summary>
/// <param name="SinceLastWrite">Since the state was written, by this gateway's own clock.</param>
public sealed record RolloutMeasurements(
    RolloutCounts Counts, ProbeCounts Probes, ShadowCounts Shadow, long? StableP99Microseconds, TimeSpan SinceLastWrite)
{
    public static RolloutMeasurements None { get; } = new(RolloutCounts.None, ProbeCounts.None, ShadowCounts.None, null, TimeSpan.Zero);

    public static RolloutMeasurements Of(RolloutEvidence evidence, TimeSpan sinceLastWrite) =>
        new(evidence.Counts, evidence.Probes, evidence.Shadow, evidence.StableP99Microseconds, sinceLastWrite);
}
