namespace Slipway.Registry.Rollouts.Statistics;

/// <summary>
/// How strongly bad first attempts contradict a bound on the ratio of the candidate's rate to stable's, whatever these rates are and however they change.
/// The gateway drew the color of each request with a known probability. If the ratio is exactly at the bound, a bad attempt is on the candidate with
/// probability <c>s = bound * share / (bound * share + 1 - share)</c>, independently of all others. So, with x of n bad attempts on the candidate,
/// <c>factor^x / (1 + (factor - 1) * s)^n</c> is a likelihood ratio, the product over shares is one too, and the mean over fixed factors is an e-value at
/// every moment: the probability that it ever reaches 1 / alpha is at most alpha (Ville's inequality), however often somebody looks.
/// </summary>
/// <remarks>
/// Safe testing of 2x2 tables: Turner and Grünwald, arXiv 2106.02693 and 2302.11401; counts of events: Lindon and Malek, arXiv 2011.03567. It holds
/// for independent draws only. Shares of 0 and 100 say nothing, because nothing was drawn.
/// </remarks>
public static class RateRatioTest
{
    /// <summary>How many times the tolerated ratio a bad candidate may have.</summary>
    public static IReadOnlyList<double> FailFactors { get; } = [1.25, 1.5, 2, 3, 5, 10, 30, 100];

    /// <summary>Which part of the ratio that must be ruled out a good candidate may have.</summary>
    public static IReadOnlyList<double> PassFactors { get; } = [0.01, 0.1, 0.25, 0.5, 0.75];

    /// <summary>ln E against "the ratio is at most the tolerance": 0 without events, large if the candidate is worse.</summary>
    public static double LnFail(IReadOnlyList<ShareEvents> events, double tolerance) => LnMixture(events, tolerance, FailFactors);

    /// <summary>ln E against "the ratio is at least the pass ratio": 0 without events, large if the candidate is good enough.</summary>
    public static double LnPass(IReadOnlyList<ShareEvents> events, double passRatio) => LnMixture(events, passRatio, PassFactors);

    /// <summary>The probability that a bad attempt is on the candidate if its rate is <paramref name="ratio"/> times stable's.</summary>
    /// <param name="share">In percent.</param>
    public static double ExpectedShare(double ratio, int share) => ratio * share / (ratio * share + (100 - share));

    private static double LnMixture(IReadOnlyList<ShareEvents> events, double ratio, IReadOnlyList<double> factors)
    {
        Span<double> terms = stackalloc double[factors.Count];
        terms.Clear();
        foreach (var (share, candidate, all) in events)
        {
            if (share is <= 0 or >= 100)
                continue;
            var expected = ExpectedShare(ratio, share);
            for (var i = 0; i < terms.Length; i++)
                terms[i] += candidate * Math.Log(factors[i]) - all * Math.Log(1 + (factors[i] - 1) * expected);
        }
        return LogSpace.LnMean(terms);
    }
}
