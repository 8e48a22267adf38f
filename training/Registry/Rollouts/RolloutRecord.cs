using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Registry.Rollouts;

/// <summary>The evidence of one rollout: <c>traffic/&lt;gateway&gt;/rollouts/&lt;id&gt;.json</c>. It stays after the rollout has ended.</summary>
/// <param name="Events">In order; each is written before the state that it leads to.</param>
public sealed record RolloutRecord(string Gateway, RolloutPlan Plan, Color Candidate, IReadOnlyList<RolloutEvent> Events);

/// <param name="Share">The candidate's share from this event on.</param>
/// <param name="Verdict">What decided; null if none was needed.</param>
/// <param name="Deciding">The bad first attempts on the candidate that the verdict counted last, at most 20.</param>
/// <param name="SlowMicroseconds">The bound beyond which an answer counted as slow; null if none was known.</param>
public sealed record RolloutEvent(
    TrafficPhase Phase,
    int Step,
    int Share,
    string Reason,
    RolloutVerdict? Verdict,
    IReadOnlyList<BadAttempt> Deciding,
    ShadowCounts Shadow,
    long? SlowMicroseconds,
    DateTimeOffset At);
