using Slipway.Registry.Rollouts.Statistics;

namespace Slipway.Registry.Rollouts;

/// <summary>
/// Judges one kind of bad attempt. A check passes when either of its bounds is ruled out: twice stable's rate (the pass ratio), for which many bad attempts are
/// needed, or a rate, for which a few hundred good ones are enough.
/// </summary>
/// <remarks>
/// Nearly 1 % of the attempts may be slow by construction, because the bound comes from stable's 99th percentile: a rate of 1 % could hardly be ruled out. The
/// bound of the slow check is therefore at least 5 %; the ratio decides as for the others.
/// </remarks>
public static class CheckPolicy
{
    /// <summary>The least rate of slow attempts that has to be ruled out.</summary>
    public const double SlowRate = 0.05;

    public static IReadOnlyList<RolloutCheck> Checks { get; } = [RolloutCheck.Errors, RolloutCheck.NotFinite, RolloutCheck.Slow];

    /// <summary>All that enter the mean: those of the attempts, and the comparisons under shadow where the plan has them.</summary>
    public static IEnumerable<RolloutCheck> In(IReadOnlyList<CheckVerdict> checks) =>
        checks.Any(verdict => verdict.Check == RolloutCheck.Disagreement) ? Checks.Append(RolloutCheck.Disagreement) : Checks;

    /// <summary>Without a bound, nothing can be slow, and nothing is known about it.</summary>
    public static bool Applies(RolloutCheck check, RolloutCounts counts, RolloutBounds bounds) =>
        check != RolloutCheck.Slow || bounds.SlowMilliseconds is not null || counts.Shares.Any(share => share.Candidate.Bad(check) + share.Stable.Bad(check) > 0);

    /// <summary>The rate of bad attempts that has to be ruled out.</summary>
    public static double MaxRate(RolloutCheck check, RolloutBounds bounds) =>
        check == RolloutCheck.Slow ? Math.Max(SlowRate, bounds.MaxBadRate) : bounds.MaxBadRate;

    /// <param name="requests">The first attempts on the candidate that this check could have found bad.</param>
    /// <returns>Pass or inconclusive: whether the candidate fails depends on all checks.</returns>
    public static CheckVerdict Judge(RolloutCheck check, RolloutCounts counts, RolloutBounds bounds, long requests)
    {
        ShareEvents[] events =
        [
            .. counts.Shares
                .Select(share => new ShareEvents(share.Share, share.Candidate.Bad(check), share.Candidate.Bad(check) + share.Stable.Bad(check)))
                .Where(share => share.All > 0),
        ];
        var bad = events.Sum(share => share.Candidate);
        requests = Math.Max(requests, bad);
        var verdict = new CheckVerdict(
            check, events,
            RateRatioTest.LnFail(events, bounds.Tolerance),
            RateRatioTest.LnPass(events, bounds.PassRatio),
            AbsoluteRateTest.LnPass(bad, requests, MaxRate(check, bounds)),
            VerdictResult.Inconclusive, Sentence: "", requests, bad);
        return Math.Max(verdict.LnPass, verdict.LnAbsolute) >= Math.Log(1 / bounds.PassAlpha) ? verdict with { Result = VerdictResult.Pass } : verdict;
    }
}
