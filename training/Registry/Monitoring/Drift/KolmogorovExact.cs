namespace Slipway.Registry.Monitoring.Drift;

/// <summary>
/// The distribution of the Kolmogorov-Smirnov distance of two small samples of a continuous distribution (J. L. Hodges, The significance probability of the Smirnov
/// two-sample test, 1958): each order of the n + m values is equally likely, and is a path through a grid, which leaves a strip around the diagonal if the distance
/// is reached. Ties and bins make it conservative.
/// </summary>
public static class KolmogorovExact
{
    /// <summary>Larger products of both sizes have the limit distribution, which takes less time.</summary>
    public const long MaxPaths = 100_000;

    public static bool Fits(long n, long m) => n > 0 && m > 0 && n <= MaxPaths / m;

    /// <summary>The probability of this distance, or a larger one, without drift.</summary>
    public static double Survival(double distance, int n, int m) => SurvivalOf(Steps(distance, n, m), n, m);

    /// <summary>The largest distance whose probability is greater than this one: what is above it is rarer.</summary>
    public static double InverseSurvival(double probability, int n, int m)
    {
        // distances are multiples of this; the first is always reached, and the last never
        var unit = GreatestDivisor(n, m);
        var (low, high) = (0L, (long)n * m / unit + 1);
        // close to the limit distribution, and most often below it
        var guess = Kolmogorov.InverseSurvival(probability) * Math.Sqrt(1.0 / n + 1.0 / m) * n * m / unit;
        for (var factor = 1.05; high - low > 1 && factor > 0.6; factor -= 0.2)
            Halve(Math.Clamp((long)(guess * factor), low + 1, high - 1));
        while (high - low > 1)
            Halve(low + (high - low) / 2);
        return low * unit / ((double)n * m);

        void Halve(long middle)
        {
            if (SurvivalOf(middle * unit, n, m) > probability)
                low = middle;
            else
                high = middle;
        }
    }

    private static long GreatestDivisor(long n, long m) => m == 0 ? n : GreatestDivisor(m, n % m);

    /// <summary>The distance in units of 1 / (n m), in which it is a whole number.</summary>
    private static long Steps(double distance, int n, int m) => (long)Math.Ceiling(distance * n * m - 1e-6);

    /// <summary>The share of paths from (0, 0) to (n, m) that touch a point (i, j) with |i m - j n| of at least this.</summary>
    private static double SurvivalOf(long reached, int n, int m)
    {
        if (reached <= 0)
            return 1;
        // of the paths to (i, j), i / (i + j) come from (i - 1, j); one row after another, so that only shares are added and small ones stay exact
        var outside = new double[m + 1];
        for (var i = 0; i <= n; i++)
            for (var j = 0; j <= m; j++)
                outside[j] = Math.Abs((long)i * m - (long)j * n) >= reached ? 1
                    : i + j == 0 ? 0
                    : ((i == 0 ? 0 : i * outside[j]) + (j == 0 ? 0 : j * outside[j - 1])) / (i + j);
        return outside[m];
    }
}
