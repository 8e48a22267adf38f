namespace Slipway.Registry.Rollouts;

/// <summary>What the controller observes at one moment of a rollout.</summary>
/// <param name="Candidate">Of the color that <see cref="RolloutPolicy.CandidateOf"/> names.</param>
/// <param name="StableIsHealthy">Whether the other color has a healthy server.</param>
/// <param name="Counts">Of this rollout, over all gateways.</param>
/// <param name="StableP99Microseconds">Stable's 99th percentile; null while too few latencies are known.</param>
/// <param name="SinceLastWrite">Since this gateway wrote the state that it passes, by its monotonic clock.</param>
public sealed record RolloutConditions(
    CandidateCondition Candidate,
    bool StableIsHealthy,
    RolloutCounts Counts,
    ProbeCounts Probes,
    ShadowCounts Shadow,
    long? StableP99Microseconds,
    TimeSpan SinceLastWrite);

/// <param name="Healthy">Its healthy servers that run what is being rolled out.</param>
/// <param name="Needed">How many it needs to take all traffic.</param>
public sealed record CandidateCondition(int Healthy, int Needed)
{
    public bool IsReady => Healthy > 0 && Healthy >= Needed;
}
