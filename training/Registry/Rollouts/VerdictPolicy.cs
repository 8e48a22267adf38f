using Slipway.Registry.Models;
using Slipway.Registry.Rollouts.Statistics;

namespace Slipway.Registry.Rollouts;

/// <summary>
/// What the counts of a rollout say about its candidate. Pure, and valid at every look: it may be asked after every request.
/// </summary>
/// <remarks>
/// The candidate fails when the mean of the checks' e-values (three, and a fourth if the plan has shadow traffic) reaches 1 / FailAlpha. A mean of e-values is one again, whatever they have to do with
/// each other; a check that does not apply, or has seen nothing, is 1. It passes when every check that applies does, and it got enough requests.
/// Everything else is inconclusive, above all no data.
/// Golden sets, where the plan has them, are a test of their own and never part of the counts. They fail a candidate at any time, but pass it only while
/// there are too few requests for any verdict, and only if these do not speak against it.
/// </remarks>
public static class VerdictPolicy
{
    /// <param name="bounds">With the bound of slow answers in use; see <see cref="RolloutState.BoundsInUse"/>.</param>
    /// <param name="minRequests">A candidate that got fewer does not pass.</param>
    /// <param name="slowFrom">How many first attempts on the candidate had been counted before the bound of slow answers was known.</param>
    /// <param name="shadow">The comparisons under shadow; null if the plan has none.</param>
    /// <param name="predicted">See <see cref="RolloutPlan.Disagreement"/>.</param>
    public static RolloutVerdict Judge(
        RolloutCounts counts, ProbeCounts probes, RolloutBounds bounds, long minRequests, bool useProbes, long slowFrom = 0,
        ShadowCounts? shadow = null, PredictedDisagreement? predicted = null)
    {
        CheckVerdict[] checks =
        [
            .. CheckPolicy.Checks
                .Where(check => CheckPolicy.Applies(check, counts, bounds))
                .Select(check => CheckPolicy.Judge(
                    check, counts, bounds, counts.CandidateRequests - (check == RolloutCheck.Slow ? Math.Min(slowFrom, counts.CandidateRequests) : 0))),
            .. shadow is null ? [] : new[] { DisagreementPolicy.Judge(shadow, predicted, bounds) },
        ];
        var lnFail = LnFail(checks);
        if (lnFail >= Math.Log(1 / bounds.FailAlpha))
            checks = [.. checks.Select(check => check.LnFail >= Math.Log(1 / bounds.FailAlpha) ? check with { Result = VerdictResult.Fail } : check)];
        var (result, source) = Decide(checks, lnFail, counts, probes, bounds, minRequests, useProbes);
        var verdict = new RolloutVerdict(
            result, source, [.. checks.Select(check => check with { Sentence = SentenceOf(check) })], lnFail, counts, probes, Sentence: "", shadow);
        return verdict with { Sentence = VerdictText.Sentence(verdict, bounds, minRequests) };

        string SentenceOf(CheckVerdict check) =>
            check.Check == RolloutCheck.Disagreement ? DisagreementPolicy.Sentence(shadow!, predicted, bounds) : VerdictText.Sentence(check, counts, bounds);
    }

    /// <summary>The same for the counts of a running rollout.</summary>
    public static RolloutVerdict Judge(RolloutState rollout, RolloutCounts counts, ProbeCounts probes, ShadowCounts shadow) =>
        Judge(
            counts, probes, rollout.BoundsInUse, rollout.Plan.MinRequests, rollout.Plan.Probes, rollout.SlowFrom,
            IsShadowJudged(rollout.Plan) ? shadow : null, rollout.Plan.Disagreement);

    /// <summary>Two versions of a model whose disagreement nobody has measured may differ as they like.</summary>
    private static bool IsShadowJudged(RolloutPlan plan) => plan.Shadow > 0 && (plan.Model is null || plan.Disagreement is not null);

    /// <summary>Judges the recorded counts again, so that anybody can see whether the recorded verdict agrees.</summary>
    /// <param name="slowMicroseconds">The bound of slow answers at that time, which the event contains.</param>
    public static RolloutVerdict Recompute(RolloutPlan plan, RolloutVerdict recorded, long? slowMicroseconds)
    {
        var slow = recorded.Checks.FirstOrDefault(check => check.Check == RolloutCheck.Slow);
        return Judge(
            recorded.Counts, recorded.Probes, plan.Bounds.With(slowMicroseconds), plan.MinRequests, plan.Probes,
            slow is null ? 0 : recorded.Counts.CandidateRequests - slow.Requests, recorded.Shadow, plan.Disagreement);
    }

    /// <summary>ln of the mean over all checks, of which those that are absent say nothing.</summary>
    public static double LnFail(IReadOnlyList<CheckVerdict> checks) =>
        LogSpace.LnMean([.. CheckPolicy.In(checks).Select(check => checks.FirstOrDefault(verdict => verdict.Check == check)?.LnFail ?? 0)]);

    private static (VerdictResult Result, VerdictSource Source) Decide(
        CheckVerdict[] checks, double lnFail, RolloutCounts counts, ProbeCounts probes, RolloutBounds bounds, long minRequests, bool useProbes)
    {
        if (lnFail >= Math.Log(1 / bounds.FailAlpha))
            return (VerdictResult.Fail, VerdictSource.Requests);
        var byProbes = useProbes ? ProbePolicy.Judge(probes, bounds, minRequests) : VerdictResult.Inconclusive;
        if (byProbes == VerdictResult.Fail)
            return (VerdictResult.Fail, VerdictSource.Probe);
        if (counts.CandidateRequests >= Math.Max(1, minRequests) && checks.All(check => check.Result == VerdictResult.Pass || check.Check == RolloutCheck.Disagreement))
            return (VerdictResult.Pass, VerdictSource.Requests);
        return byProbes == VerdictResult.Pass && IsThin(checks, counts, bounds, minRequests) && lnFail < Math.Log(1 / bounds.PassAlpha)
            ? (VerdictResult.Pass, VerdictSource.Probe)
            : (VerdictResult.Inconclusive, VerdictSource.Requests);
    }

    /// <summary>Whether there are so few requests, by any of the checks, that the candidate could not have passed even if none had been bad.</summary>
    private static bool IsThin(CheckVerdict[] checks, RolloutCounts counts, RolloutBounds bounds, long minRequests) =>
        counts.CandidateRequests < minRequests
        || checks.Any(check => check.Check != RolloutCheck.Disagreement
            && AbsoluteRateTest.LnPass(0, check.Requests, CheckPolicy.MaxRate(check.Check, bounds)) < Math.Log(1 / bounds.PassAlpha));
}
