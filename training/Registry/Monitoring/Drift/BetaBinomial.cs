namespace Slipway.Registry.Monitoring.Drift;

/// <summary>How many of n rows have something whose rate is only known from other rows: the rate is a beta variable.</summary>
internal static class BetaBinomial
{
    /// <summary>P(K >= count) among <paramref name="n"/>.</summary>
    public static double AtLeast(long count, long n, double a, double b)
    {
        if (count <= 0)
            return 1;
        if (count > n)
            return 0;
        // beyond the mean the terms fall, so that few of them matter
        var (term, sum) = (Math.Exp(LnMass(count, n, a, b)), 0.0);
        for (var k = count; k <= n && term > sum * 1e-12; k++)
        {
            sum += term;
            term *= (n - k) / (k + 1.0) * ((a + k) / (b + n - k - 1));
        }

        return Math.Min(1, sum);
    }

    public static double LnMass(long count, long n, double a, double b) =>
        ChiSquare.LnGamma(n + 1.0) - ChiSquare.LnGamma(count + 1.0) - ChiSquare.LnGamma(n - count + 1.0)
        + LnBeta(count + a, n - count + b) - LnBeta(a, b);

    private static double LnBeta(double a, double b) => ChiSquare.LnGamma(a) + ChiSquare.LnGamma(b) - ChiSquare.LnGamma(a + b);
}
