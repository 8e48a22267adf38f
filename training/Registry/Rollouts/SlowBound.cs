namespace Slipway.Registry.Rollouts;

/// <summary>
/// From when answers can be slow, and beyond what. A server that has just started is slow without being bad: its code is compiled while it answers its first
/// requests. Nothing is slow until the candidate has warmed up, by callers' requests and golden rows alike. Pure.
/// </summary>
public static class SlowBound
{
    /// <summary>
    /// The measured bound is so many times stable's 99th percentile: a candidate on a machine that is a little slower is no worse, and one that is several times
    /// slower is beyond it often enough.
    /// </summary>
    public const int TimesStable = 2;

    /// <summary>Attempts for each of the candidate's servers, but at most half of those that its first step needs.</summary>
    public const int WarmUpAttempts = 50;

    /// <summary>And so long, but at most half of the first step: what is often called is compiled again, in the background.</summary>
    public static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(10);

    /// <summary>Freezes the bound once the candidate is warm and the bound is known.</summary>
    internal static RolloutState Frozen(RolloutState rollout, RolloutConditions conditions) =>
        rollout.SlowMicroseconds is null && IsWarm(rollout, conditions) && Known(rollout.Plan.Bounds, conditions) is { } bound
            ? rollout with { SlowMicroseconds = bound, SlowFrom = conditions.Counts.CandidateRequests }
            : rollout;

    private static bool IsWarm(RolloutState rollout, RolloutConditions conditions)
    {
        var plan = rollout.Plan;
        return rollout.Elapsed >= Shorter(LongestWarmUp, plan.Hold / 2)
            && conditions.Counts.CandidateRequests + conditions.Probes.CandidateSent >= Math.Min((long)WarmUpAttempts * plan.Servers, plan.MinRequests / 2);
    }

    private static long? Known(RolloutBounds bounds, RolloutConditions conditions) =>
        bounds.SlowMilliseconds is { } configured ? (long)(1000 * configured) : TimesStable * conditions.StableP99Microseconds;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
