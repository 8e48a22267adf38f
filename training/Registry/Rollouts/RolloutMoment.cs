using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Registry.Rollouts;

/// <summary>The transitions that end a rollout or begin one, from what is known at one moment.</summary>
internal sealed record RolloutMoment(TrafficState State, DesiredTraffic? Desired, RolloutConditions Conditions)
{
    private RolloutState? Rollout => State.Rollout;

    /// <returns>Null if the color is the candidate's and has no healthy server.</returns>
    public TrafficState? RollBackAsRequested()
    {
        var reason = $"{Request()}; {Rollout!.Plan.Id} is rolled back from {Rollout.Share} %";
        return Desired!.Color == Rollout.Stable ? BackToStable(TrafficPhase.RolledBack, reason, Rollout)
            : Conditions.Candidate.Healthy > 0 ? AllOnCandidate(TrafficPhase.RolledBack, reason, Rollout)
            : null;
    }

    public TrafficState PromoteAsRequested()
    {
        var rollout = Desired!.Plan is { } plan && plan.Id != Rollout?.Plan.Id ? Begun(plan, Desired) : Rollout;
        return AllOnCandidate(TrafficPhase.Promoted, $"{Request()}; {rollout!.Plan.Id} is promoted without a verdict", rollout);
    }

    public TrafficState WaitsToPromote() => Waits($"{Request()}; waits for {RolloutText.Servers(Desired!.Color, Conditions.Candidate)}");

    public TrafficState HasEnded() => State with
    {
        Revision = Desired!.Revision,
        Reason = $"{Desired.Plan!.Id} has ended ({State.Reason.TrimEnd('.')}); deploy again to start another rollout",
    };

    /// <summary>Checks restart with every plan: another candidate inherits nothing.</summary>
    public TrafficState Start(RolloutPlan plan)
    {
        var desired = Desired!;
        if (RolloutPlanReader.Problems(plan) is { Count: > 0 } problems)
            return RolloutPolicy.IsRunning(State) ? Withdraw() : Waits($"revision {desired.Revision} has a plan that cannot be followed: {string.Join(" ", problems)}");
        if (MayNotReturn)
            return Waits($"revision {desired.Revision} waits for a healthy {State.Live.Word()} server that takes the traffic back");
        var rollout = Begun(plan, desired);
        return State with { Phase = TrafficPhase.Preparing, Split = TrafficSplit.All(State.Live), Rollout = rollout, Reason = RolloutText.Preparing(rollout, Conditions, desired) };
    }

    /// <summary>Nobody requests this rollout any more, or what is requested now needs none.</summary>
    public TrafficState Withdraw() => MayNotReturn
        ? Waits($"{Rollout!.Plan.Id} is not requested any more, but {Rollout.Stable.Word()} has no healthy server that takes the traffic back")
        : State with
        {
            Phase = TrafficPhase.Idle,
            Split = TrafficSplit.All(State.Live),
            Rollout = null,
            Reason = $"{Rollout!.Plan.Id} is not requested any more",
        };

    /// <summary>Where that is possible: otherwise traffic stays, and the next look tries again.</summary>
    public TrafficState BackToStable(TrafficPhase phase, string reason, RolloutState rollout) => rollout.Share > 0 && !Conditions.StableIsHealthy
        ? State with { Rollout = rollout, Reason = $"{rollout.Plan.Id} must end, but {rollout.Stable.Word()} has no healthy server: traffic stays until it has one" }
        : State with
        {
            Revision = Desired!.Revision,
            Phase = phase,
            Split = TrafficSplit.All(State.Live),
            Rollout = rollout with { Share = 0 },
            Reason = reason,
        };

    /// <summary>Of a model's rollout, only its own requests: all others stay on the live color.</summary>
    public TrafficState AllOnCandidate(TrafficPhase phase, string reason, RolloutState rollout)
    {
        var live = rollout.Plan.Model is null ? rollout.Candidate : State.Live;
        return State with
        {
            Revision = Desired!.Revision,
            Phase = phase,
            Split = TrafficSplit.All(live),
            Live = live,
            Rollout = rollout with { Share = 100 },
            Reason = reason,
        };
    }

    /// <summary>Some requests are on the other color than the live one, which could not take them back now.</summary>
    private bool MayNotReturn =>
        Rollout is { Share: > 0 } rollout && rollout.Candidate != State.Live && !Conditions.StableIsHealthy && Conditions.Candidate.Healthy > 0;

    private TrafficState Waits(string reason) => State with { Reason = reason };

    private string Request() => $"revision {Desired!.Revision} by {Desired.By}: {Desired.Reason}";

    private static RolloutState Begun(RolloutPlan plan, DesiredTraffic desired) => new(
        plan, desired.Color, Step: -1, Share: 0, Elapsed: TimeSpan.Zero, StepElapsed: TimeSpan.Zero, StepRequests: 0, SlowMicroseconds: null, Verdict: null,
        Release: desired.Release);
}
