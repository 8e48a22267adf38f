using System.Globalization;
using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Registry.Rollouts;

/// <summary>The reasons in the state of a rollout. They hold no counts, so that a state that only waits stays the same.</summary>
internal static class RolloutText
{
    /// <summary>A step, or after the last one the bake.</summary>
    public static RolloutStep Stage(RolloutPlan plan, int step) => step < plan.Steps.Count ? plan.Steps[step] : plan.Bake;

    public static string Preparing(RolloutState rollout, RolloutConditions conditions, DesiredTraffic desired)
    {
        var first = rollout.Plan.Steps[0];
        return $"{rollout.Plan.Id} waits for " + (
            !conditions.Candidate.IsReady ? Servers(rollout.Candidate, conditions.Candidate)
            : !conditions.StableIsHealthy ? StableServer(rollout.Stable)
            : first.Approval && !(desired.ApprovedStep >= 0) ? Approval(rollout.Plan, 0)
            : "its first step");
    }

    public static string Waits(RolloutState rollout, string obstacle)
    {
        var plan = rollout.Plan;
        var requests = plan.Model is null ? "requests" : $"the requests of {plan.Model}";
        var place = rollout.Step < plan.Steps.Count ? $"step {rollout.Step + 1} of {plan.Steps.Count}" : "bake";
        return $"{plan.Id}: {rollout.Candidate.Word()} gets {rollout.Share} % of {requests} ({place}) and waits for {obstacle}";
    }

    public static string Halted(RolloutState rollout) =>
        $"{rollout.Plan.Id} is halted at {rollout.Share} %: it was not promoted within {Duration(rollout.Plan.Deadline)}. {rollout.Verdict!.Sentence} Promote it, or deploy again.";

    /// <summary>Loud, because nobody judges what happens here.</summary>
    public static string Alone(RolloutState rollout, string what) =>
        $"{rollout.Plan.Id} is not judged: {rollout.Stable.Word()} has no healthy server, so {rollout.Candidate.Word()} got all requests at once; it {what}";

    public static string PromotedAlone(RolloutState rollout, bool isThin) =>
        $"{rollout.Plan.Id} is promoted without a comparison, because {rollout.Stable.Word()} had no healthy server until the end of the bake: "
        + (isThin ? $"{rollout.Candidate.Word()} got fewer than {VerdictText.Count(rollout.Plan.MinRequests)} requests, and nothing judged them" : rollout.Verdict!.Sentence);

    public static string Servers(Color color, CandidateCondition candidate) => candidate.Needed <= 1
        ? $"a healthy {color.Word()} server with what is rolled out"
        : $"{candidate.Needed} healthy {color.Word()} servers with what is rolled out ({candidate.Healthy} now)";

    public static string StableServer(Color color) => $"a healthy {color.Word()} server to compare with";

    public static string Approval(RolloutPlan plan, int step) =>
        $"the approval of {(step < plan.Steps.Count ? $"step {step + 1}" : "the bake")} ({Stage(plan, step).Share} %)";

    public static string Duration(TimeSpan time) => time switch
    {
        { TotalHours: >= 1 } when time.Ticks % TimeSpan.TicksPerHour == 0 => $"{Number(time.TotalHours)} h",
        { TotalMinutes: >= 1 } when time.Ticks % TimeSpan.TicksPerMinute == 0 => $"{Number(time.TotalMinutes)} min",
        _ => $"{Number(time.TotalSeconds)} s",
    };

    private static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
