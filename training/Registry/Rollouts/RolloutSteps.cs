using Slipway.Registry.Traffic;

namespace Slipway.Registry.Rollouts;

/// <summary>How a running rollout goes on: judge, then go back, wait, or enter the next step.</summary>
internal static class RolloutSteps
{
    public static TrafficState Next(RolloutMoment now)
    {
        if (now.State.Phase == TrafficPhase.Preparing)
            return FromPreparing(now);

        var (state, conditions) = (now.State, now.Conditions);
        var rollout = Judged(state.Rollout!, conditions);
        if (rollout.Share == 100)
            return RolloutAlone.Next(now, rollout);
        var id = rollout.Plan.Id;
        if (rollout.Verdict!.Result == VerdictResult.Fail)
            return now.BackToStable(TrafficPhase.RolledBack, $"{id} is rolled back from {rollout.Share} %: {rollout.Verdict.Sentence}", rollout);
        if (conditions.Candidate.Healthy == 0)
            return now.BackToStable(TrafficPhase.RolledBack, $"{id} is rolled back from {rollout.Share} %: its last healthy server was lost", rollout);
        if (rollout.Elapsed >= rollout.Plan.Deadline)
            return now.BackToStable(TrafficPhase.Halted, RolloutText.Halted(rollout), rollout);
        return Obstacle(rollout, conditions, now.Desired!) is { } obstacle
            ? state with { Rollout = rollout, Reason = RolloutText.Waits(rollout, obstacle) }
            : rollout.Step < rollout.Plan.Steps.Count
                ? Enter(now, rollout, rollout.Step + 1)
                : now.AllOnCandidate(TrafficPhase.Promoted, $"{id} is promoted: {rollout.Verdict.Sentence}", rollout);
    }

    /// <summary>
    /// With the times that have passed and the verdict on the latest counts. A candidate that has failed stays failed, even if its e-value falls again while
    /// stable cannot take the traffic, and so does the bound of slow answers that its verdict was computed with.
    /// </summary>
    public static RolloutState Judged(RolloutState rollout, RolloutConditions conditions)
    {
        var passed = conditions.SinceLastWrite > TimeSpan.Zero ? conditions.SinceLastWrite : TimeSpan.Zero;
        var later = rollout with { Elapsed = rollout.Elapsed + passed, StepElapsed = rollout.StepElapsed + passed };
        if (rollout.Verdict?.Result == VerdictResult.Fail)
            return later;
        var now = SlowBound.Frozen(later, conditions);
        return now with { Verdict = VerdictPolicy.Judge(now, conditions.Counts, conditions.Probes, conditions.Shadow) };
    }

    private static TrafficState FromPreparing(RolloutMoment now)
    {
        var rollout = now.State.Rollout!;
        return now.Conditions.Candidate.IsReady && now.Conditions.StableIsHealthy && IsApproved(rollout, step: 0, now.Desired!)
            ? Enter(now, Judged(rollout with { Elapsed = TimeSpan.Zero }, now.Conditions with { SinceLastWrite = TimeSpan.Zero }), step: 0)
            : RolloutAlone.IsSo(now) ? RolloutAlone.Begin(now)
            : now.State with { Reason = RolloutText.Preparing(rollout, now.Conditions, now.Desired!) };
    }

    private static TrafficState Enter(RolloutMoment now, RolloutState rollout, int step)
    {
        var (plan, state) = (rollout.Plan, now.State);
        var entered = rollout with
        {
            Step = step,
            Share = RolloutText.Stage(plan, step).Share,
            StepElapsed = TimeSpan.Zero,
            StepRequests = now.Conditions.Counts.CandidateRequests,
        };
        return state with
        {
            Phase = step == plan.Steps.Count ? TrafficPhase.Baking : TrafficPhase.Progressing,
            Split = plan.Model is null ? TrafficSplit.Share(entered.Candidate, entered.Share) : state.Split,
            Rollout = entered,
            Reason = RolloutText.Waits(entered, Obstacle(entered, now.Conditions, now.Desired!) ?? "the next look"),
        };
    }

    /// <summary>What the rollout waits for in its step, for people; null if it may go on.</summary>
    private static string? Obstacle(RolloutState rollout, RolloutConditions conditions, DesiredTraffic desired)
    {
        var (plan, verdict) = (rollout.Plan, rollout.Verdict!);
        var time = rollout.Step == plan.Steps.Count ? plan.BakeTime : plan.Hold;
        if (rollout.StepElapsed < time)
            return $"its {RolloutText.Duration(time)} to pass";
        if (!HasEnough(rollout, conditions))
            return $"{VerdictText.Count(plan.MinRequests)} first attempts on the candidate in this step{(plan.Probes ? ", or for its golden answers" : "")}";
        if (!conditions.Candidate.IsReady)
            return RolloutText.Servers(rollout.Candidate, conditions.Candidate);
        if (!conditions.StableIsHealthy)
            return RolloutText.StableServer(rollout.Stable);
        if (rollout.Step >= plan.Steps.Count - 1 && verdict.Result != VerdictResult.Pass)
            return "the verdict pass";
        return IsApproved(rollout, rollout.Step + 1, desired) ? null : RolloutText.Approval(plan, rollout.Step + 1);
    }

    private static bool HasEnough(RolloutState rollout, RolloutConditions conditions) =>
        conditions.Counts.CandidateRequests - rollout.StepRequests >= rollout.Plan.MinRequests
        || (rollout.Plan.Probes && ProbePolicy.Judge(conditions.Probes, rollout.Plan.Bounds, rollout.Plan.MinRequests) == VerdictResult.Pass);

    /// <summary>The promotion itself needs none.</summary>
    private static bool IsApproved(RolloutState rollout, int step, DesiredTraffic desired) =>
        step > rollout.Plan.Steps.Count || !RolloutText.Stage(rollout.Plan, step).Approval || desired.ApprovedStep >= step;
}
