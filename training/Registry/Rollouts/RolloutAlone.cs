using Slipway.Registry.Traffic;

namespace Slipway.Registry.Rollouts;

/// <summary>
/// A rollout whose stable color has no healthy server: nothing else answers, so the candidate gets all requests at once, in a bake. There is nothing to compare
/// with; stable stays the live color, and when it is back before the bake has ended, the rollout begins with its first step.
/// </summary>
internal static class RolloutAlone
{
    /// <summary>Of a model's rollout, the other models' requests would have to move too: it waits.</summary>
    public static bool IsSo(RolloutMoment now) =>
        now.State.Rollout!.Plan.Model is null && now.Conditions.Candidate.IsReady && !now.Conditions.StableIsHealthy;

    public static TrafficState Begin(RolloutMoment now)
    {
        var rollout = now.State.Rollout!;
        return now.State with
        {
            Phase = TrafficPhase.Baking,
            Split = TrafficSplit.All(rollout.Candidate),
            Rollout = rollout with
            {
                Step = rollout.Plan.Steps.Count,
                Share = 100,
                Elapsed = TimeSpan.Zero,
                StepElapsed = TimeSpan.Zero,
                StepRequests = now.Conditions.Counts.CandidateRequests,
            },
            Reason = RolloutText.Alone(rollout, $"bakes for {RolloutText.Duration(rollout.Plan.BakeTime)}"),
        };
    }

    /// <param name="rollout">With the verdict on the latest counts, for which only the absolute bounds can speak.</param>
    public static TrafficState Next(RolloutMoment now, RolloutState rollout)
    {
        if (now.Conditions.StableIsHealthy)
            return rollout.Verdict!.Result == VerdictResult.Fail
                ? now.BackToStable(TrafficPhase.RolledBack, $"{rollout.Plan.Id} is rolled back from 100 %: {rollout.Verdict.Sentence}", rollout)
                : Restart(now, rollout);
        var isThin = now.Conditions.Counts.CandidateRequests - rollout.StepRequests < rollout.Plan.MinRequests;
        return rollout.StepElapsed < rollout.Plan.BakeTime ? Waits(now, rollout, $"bakes for {RolloutText.Duration(rollout.Plan.BakeTime)}")
            : !now.Conditions.Candidate.IsReady ? Waits(now, rollout, $"waits for {RolloutText.Servers(rollout.Candidate, now.Conditions.Candidate)}")
            : rollout.Verdict!.Result == VerdictResult.Pass || isThin ? now.AllOnCandidate(TrafficPhase.Promoted, RolloutText.PromotedAlone(rollout, isThin), rollout)
            : Waits(now, rollout, "waits for fewer bad answers, or for a server to compare with");
    }

    private static TrafficState Restart(RolloutMoment now, RolloutState rollout)
    {
        var again = rollout with { Step = -1, Share = 0, Elapsed = TimeSpan.Zero, StepElapsed = TimeSpan.Zero, StepRequests = 0, Verdict = null };
        return now.State with
        {
            Phase = TrafficPhase.Preparing,
            Split = TrafficSplit.All(now.State.Live),
            Rollout = again,
            Reason = RolloutText.Preparing(again, now.Conditions, now.Desired!),
        };
    }

    private static TrafficState Waits(RolloutMoment now, RolloutState rollout, string what) =>
        now.State with { Rollout = rollout, Reason = RolloutText.Alone(rollout, what) };
}
