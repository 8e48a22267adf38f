using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Page.Rollouts;

/// <summary>A rollout as the page shows it: the one that the gateway has now, or one that ended, from its record.</summary>
/// <param name="Step">The index in the plan's steps; -1 while preparing, and the number of steps in the bake.</param>
/// <param name="IsNow">Whether it is the one that the traffic is in.</param>
/// <param name="Events">What happened, oldest first.</param>
public sealed record ShownRollout(
    RolloutPlan Plan, Color Candidate, TrafficPhase Phase, int Step, int Share, string Reason, RolloutVerdict? Verdict, long? SlowMicroseconds,
    IReadOnlyList<RolloutEvent> Events, bool IsNow)
{
    public Color Stable => Candidate.Other();

    public bool IsRunning => Phase is TrafficPhase.Preparing or TrafficPhase.Progressing or TrafficPhase.Baking;

    public RolloutBounds Bounds => Plan.Bounds.With(SlowMicroseconds);

    /// <summary>The bad first attempts that were counted last, newest first.</summary>
    public IReadOnlyList<BadAttempt> Deciding => Events.LastOrDefault(happened => happened.Deciding.Count > 0) is { } last ? [.. last.Deciding.Reverse()] : [];

    public static ShownRollout Of(TrafficState state, RolloutState rollout, RolloutRecord? record) => new(
        rollout.Plan, rollout.Candidate, state.Phase, rollout.Step, rollout.Share, state.Reason, rollout.Verdict ?? record?.Events.LastOrDefault(happened => happened.Verdict is not null)?.Verdict,
        rollout.SlowMicroseconds, record?.Events ?? [], IsNow: true);

    public static ShownRollout? Of(RolloutRecord record) => record.Events is not [.., { } last] ? null : new(
        record.Plan, record.Candidate, last.Phase, last.Step, last.Share, last.Reason,
        record.Events.LastOrDefault(happened => happened.Verdict is not null)?.Verdict, last.SlowMicroseconds, record.Events, IsNow: false);
}
