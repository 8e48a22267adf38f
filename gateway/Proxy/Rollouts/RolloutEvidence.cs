using Slipway.Registry.Rollouts;
using Slipway.Registry.Rollouts.Statistics;

namespace Slipway.Gateway.Rollouts;

/// <summary>What all gateways together know about a rollout.</summary>
public sealed record RolloutEvidence(
    RolloutCounts Counts, ShadowCounts Shadow, LatencyCounts CandidateLatencies, LatencyCounts StableLatencies, IReadOnlyList<BadAttempt> Bad,
    ProbeCounts Probes)
{
    // with fewer, the 99th percentile is the maximum
    private const int FewestForP99 = 100;

    public static RolloutEvidence None { get; } = new(RolloutCounts.None, ShadowCounts.None, LatencyCounts.None, LatencyCounts.None, [], ProbeCounts.None);

    public static RolloutEvidence Of(RolloutObservation observation) => new(
        observation.Counts, observation.Shadow, observation.CandidateLatencies, observation.StableLatencies, observation.Bad,
        observation.Probes ?? ProbeCounts.None);

    /// <summary>Null while too few of stable's answers have been measured.</summary>
    public long? StableP99Microseconds =>
        StableLatencies.Buckets.Values.Sum() >= FewestForP99 && FixedSample.Quantile(StableLatencies, 0.99) is { } p99 ? (long)p99.Microseconds : null;

    public RolloutEvidence Plus(RolloutEvidence other) => new(
        Counts.Plus(other.Counts), Shadow.Plus(other.Shadow), CandidateLatencies.Plus(other.CandidateLatencies), StableLatencies.Plus(other.StableLatencies),
        [.. Bad.Concat(other.Bad).OrderBy(attempt => attempt.At).TakeLast(BadAttempts.Max)], Probes.Plus(other.Probes));
}
