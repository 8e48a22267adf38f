namespace Slipway.Registry.Rollouts.Statistics;

/// <summary>
/// How strongly the candidate's own attempts contradict "its rate of bad ones is at least the bound": the mean, over all smaller rates, of how much better
/// they explain what was seen than the bound does (a beta(1, 1) prior cut to the interval below it). It decides where too few attempts are bad for the
/// <see cref="RateRatioTest"/>, and is valid at every look for the same reason.
/// </summary>
/// <remarks>
/// With x bad ones of n, E is <c>P(Bin(n + 1, bound) &gt; x) / ((n + 1) * bound * P(Bin(n, bound) = x))</c>, which a spreadsheet computes:
/// <c>(1 - BINOM.DIST(x, n+1, p, TRUE)) / ((n+1) * p * BINOM.DIST(x, n, p, FALSE))</c>.
/// </remarks>
public static class AbsoluteRateTest
{
    /// <summary>ln E: 0 without attempts, large if the rate is below the bound; always finite.</summary>
    /// <param name="maxRate">Above 0 and below 1.</param>
    public static double LnPass(long bad, long requests, double maxRate) =>
        BinomialTails.LnAtLeast(bad + 1, requests + 1, maxRate) - Math.Log((requests + 1) * maxRate) - BinomialTails.LnMass(bad, requests, maxRate);

    /// <summary>
    /// ln E against "the rate is at most the bound": the mean over all greater rates. <c>E = P(Bin(n + 1, bound) &lt;= x) / ((n + 1) * (1 - bound) * P(Bin(n, bound) = x))</c>.
    /// </summary>
    /// <param name="maxRate">Above 0 and below 1.</param>
    public static double LnFail(long bad, long requests, double maxRate) =>
        BinomialTails.LnAtMost(bad, requests + 1, maxRate) - Math.Log((requests + 1) * (1 - maxRate)) - BinomialTails.LnMass(bad, requests, maxRate);
}
