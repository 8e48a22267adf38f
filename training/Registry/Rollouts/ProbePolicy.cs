using Slipway.Registry.Rollouts.Statistics;

namespace Slipway.Registry.Rollouts;

/// <summary>
/// Judges by the answers of golden sets, which are sent to both colors equally often. Of a wrong answer that has nothing to do with the release, the color is
/// then a coin; stable's wrong answers excuse as many of the candidate's.
/// </summary>
public static class ProbePolicy
{
    public static VerdictResult Judge(ProbeCounts probes, RolloutBounds bounds, long minRequests) =>
        LnFail(probes, bounds) >= Math.Log(1 / bounds.FailAlpha) ? VerdictResult.Fail
        : probes.CandidateSent >= minRequests && LnPass(probes, bounds) >= Math.Log(1 / bounds.PassAlpha) ? VerdictResult.Pass
        : VerdictResult.Inconclusive;

    /// <summary>ln E against "the candidate is no more often wrong than stable".</summary>
    public static double LnFail(ProbeCounts probes, RolloutBounds bounds) =>
        RateRatioTest.LnFail([Events(probes)], bounds.Tolerance);

    /// <summary>ln E against "the candidate's rate of wrong answers is at least the bound".</summary>
    public static double LnPass(ProbeCounts probes, RolloutBounds bounds) =>
        AbsoluteRateTest.LnPass(probes.CandidateWrong, Math.Max(probes.CandidateSent, probes.CandidateWrong), bounds.MaxBadRate);

    internal static ShareEvents Events(ProbeCounts probes) => new(Share(probes), probes.CandidateWrong, probes.CandidateWrong + probes.StableWrong);

    // a half, but for the moment in which one color has got its golden set and the other not yet; rounded against failing
    private static int Share(ProbeCounts probes) =>
        probes.StableSent == 0 ? 100 : (int)Math.Ceiling(100.0 * probes.CandidateSent / (probes.CandidateSent + probes.StableSent));
}
