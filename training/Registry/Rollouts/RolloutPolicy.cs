using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Registry.Rollouts;

/// <summary>
/// The next state of traffic while a rollout is requested or runs. Pure: no clock, no store; a restart or a second gateway comes to the same result.
/// </summary>
/// <remarks>
/// <para>The safe color is <see cref="TrafficState.Live"/>: stable in every phase until the candidate is promoted. Rows are tried in this order.</para>
/// <code>
/// event                               Preparing    Progressing   Baking       Idle, Promoted, RolledBack, Halted
/// rollback requested, color healthy   RolledBack   RolledBack    RolledBack   - (traffic moves in one step)
/// rollback requested, color away      RolledBack   waits         waits        -
/// promotion requested, ready          Promoted     Promoted      Promoted     Promoted
/// promotion requested, not ready      goes on      goes on       goes on      waits
/// another plan requested              Preparing    Preparing     Preparing    Preparing
/// a plan that has ended, requested    -            -             -            stays, revision reached
/// request withdrawn, or has no plan   Idle         Idle          Idle         -
/// verdict: fail                       -            RolledBack    RolledBack   -
/// candidate's last server is lost     waits        RolledBack    RolledBack   -
/// deadline                            -            Halted        Halted       -
/// time passed, enough attempts        -            next step     Promoted*    -
///   the same on the last step         -            Baking*       -            -
/// candidate has its servers           step 1       -             -            -
///   while stable has none (release)   Baking: all  -             -            -
/// stable is back in that bake         -            -             Preparing    -
/// </code>
/// <para>
/// * only with the verdict pass. Each step, the bake and the promotion need the candidate's servers, a healthy stable color to compare with, and where the plan
/// says so an approval. A bake with all requests, because nothing but the candidate answers, ends with a promotion that says that nobody compared. Wherever traffic would go back to stable while stable has no healthy server, it stays where it is, and the reason says so. A phase of
/// a later release is left alone.
/// </para>
/// </remarks>
public static class RolloutPolicy
{
    /// <summary>Whether this policy decides; without a plan, or to the live color itself, traffic moves in one step.</summary>
    public static bool Governs(TrafficState state, DesiredTraffic? desired) =>
        IsRunning(state) || (IsRequested(state, desired) && Begins(state, desired!));

    /// <summary>Whether a rollout has begun and not ended.</summary>
    public static bool IsRunning(TrafficState state) =>
        state.Rollout is not null && (state.Phase is TrafficPhase.Progressing or TrafficPhase.Baking || state is { Phase: TrafficPhase.Preparing, Rollout.Step: < 0 });

    /// <summary>The color whose servers the conditions describe; null if no rollout is requested or runs.</summary>
    public static Color? CandidateOf(TrafficState state, DesiredTraffic? desired) =>
        IsRequested(state, desired) && Begins(state, desired!) ? desired!.Color
        : IsRunning(state) ? state.Rollout!.Candidate
        : null;

    /// <returns>The same instance if nothing but the elapsed times and counts has changed; then <see cref="Refreshed"/> is what a renewal of the lease writes.</returns>
    public static TrafficState Next(TrafficState state, DesiredTraffic? desired, RolloutConditions conditions)
    {
        var next = Decide(new(state, desired, conditions));
        return IsSame(state, next) ? state : next;
    }

    /// <summary>The state with the times that have elapsed and the verdict on the latest counts.</summary>
    public static TrafficState Refreshed(TrafficState state, RolloutConditions conditions) =>
        state is { Phase: TrafficPhase.Progressing or TrafficPhase.Baking, Rollout: { } rollout }
            ? state with { Rollout = RolloutSteps.Judged(rollout, conditions) }
            : state;

    private static TrafficState Decide(RolloutMoment now)
    {
        var (state, desired, running) = (now.State, now.Desired, IsRunning(now.State));
        if (!Governs(state, desired))
            return state;
        if (!IsRequested(state, desired))
            return now.Withdraw();
        if (running && desired!.Action == TrafficAction.Rollback)
            return now.RollBackAsRequested() ?? RolloutSteps.Next(now);
        if (desired!.Color == state.Live)
            return now.Withdraw();
        // without a plan, it asks for all traffic too
        if ((desired.Action == TrafficAction.Promote || desired.Plan is null) && now.Conditions.Candidate.IsReady)
            return now.PromoteAsRequested();
        if (desired.Plan is not { } plan)
            return now.Withdraw();
        if (plan.Id != state.Rollout?.Plan.Id)
            return now.Start(plan);
        return running ? RolloutSteps.Next(now)
            : desired.Action == TrafficAction.Promote ? now.WaitsToPromote()
            : now.HasEnded();
    }

    private static bool IsRequested(TrafficState state, DesiredTraffic? desired) => desired is not null && desired.Revision > state.Revision;

    private static bool Begins(TrafficState state, DesiredTraffic desired) =>
        desired.Action != TrafficAction.Rollback && desired.Plan is not null && desired.Color != state.Live && state.Phase != TrafficPhase.Unknown;

    private static bool IsSame(TrafficState one, TrafficState other) =>
        (one.Revision, one.Phase, one.Split, one.Live, one.Reason) == (other.Revision, other.Phase, other.Split, other.Live, other.Reason)
        && IsSame(one.Rollout, other.Rollout);

    private static bool IsSame(RolloutState? one, RolloutState? other) => (one, other) switch
    {
        (null, null) => true,
        ({ } a, { } b) => (a.Plan.Id, a.Candidate, a.Step, a.Share, a.SlowMicroseconds) == (b.Plan.Id, b.Candidate, b.Step, b.Share, b.SlowMicroseconds)
            && (a.Verdict?.Result, a.Verdict?.Source) == (b.Verdict?.Result, b.Verdict?.Source),
        _ => false,
    };
}
