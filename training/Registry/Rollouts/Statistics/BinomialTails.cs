namespace Slipway.Registry.Rollouts.Statistics;

/// <summary>
/// Logarithms of binomial probabilities, which are incomplete beta functions of whole numbers. Written out here because the libraries of the field offer the
/// regularized function itself, which is 0 where its logarithm is still needed, and because everything that references this project would carry
/// such a library for it.
/// </summary>
/// <remarks>
/// The mass is Loader's saddle-point form, which does not subtract logarithms of large factorials from each other (C. Loader, "Fast and accurate computation of
/// binomial probabilities", 2000); the tail is the continued fraction of DLMF 8.17.22.
/// </remarks>
internal static class BinomialTails
{
    private const double Tiny = 1e-300;
    private const double LastChange = 1e-16;
    private const int MaxTerms = 1_000_000; // about the square root of the trials is needed

    /// <summary>ln P(Bin(trials, p) = successes).</summary>
    public static double LnMass(long successes, long trials, double p)
    {
        var failures = trials - successes;
        if (successes == 0)
            return trials * Math.Log(1 - p);
        if (failures == 0)
            return trials * Math.Log(p);
        return StirlingError(trials) - StirlingError(successes) - StirlingError(failures)
            - Deviance(successes, trials * p) - Deviance(failures, trials * (1 - p))
            + 0.5 * Math.Log(trials / (2 * Math.PI * successes * failures));
    }

    /// <summary>ln P(Bin(trials, p) >= successes).</summary>
    public static double LnAtLeast(long successes, long trials, double p) =>
        successes <= 0 ? 0
        : successes > trials ? double.NegativeInfinity
        // the fraction converges quickly below the mean; beyond it, the other tail is the small one
        : p < (successes + 1.0) / (trials + 3.0) ? LnTail(successes, trials, p)
        : Math.Log(1 - Math.Exp(LnTail(trials - successes + 1, trials, 1 - p)));

    /// <summary>ln P(Bin(trials, p) &lt;= successes).</summary>
    public static double LnAtMost(long successes, long trials, double p) => LnAtLeast(trials - successes, trials, 1 - p);

    private static double LnTail(long successes, long trials, double p) =>
        LnMass(successes, trials, p) + Math.Log((1 - p) * Fraction(successes, trials - successes + 1.0, p));

    /// <summary>By the modified method of Lentz.</summary>
    private static double Fraction(double a, double b, double x)
    {
        var c = 1.0;
        var d = 1 / NotZero(1 - (a + b) * x / (a + 1));
        var value = d;
        for (var m = 1; m < MaxTerms; m++)
        {
            Append(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
            if (Math.Abs(Append(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))) - 1) <= LastChange)
                break;
        }
        return value;

        double Append(double coefficient)
        {
            d = 1 / NotZero(1 + coefficient * d);
            c = NotZero(1 + coefficient / c);
            value *= c * d;
            return c * d;
        }
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    /// <summary>ln n! less Stirling's approximation of it.</summary>
    private static double StirlingError(double n)
    {
        if (n < 16)
        {
            var factorial = 1.0;
            for (var i = 2; i <= n; i++)
                factorial *= i;
            return Math.Log(factorial) - (n + 0.5) * Math.Log(n) + n - 0.5 * Math.Log(2 * Math.PI);
        }
        var square = n * n;
        return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - 1 / 1188.0 / square) / square) / square) / square) / n;
    }

    /// <summary>x ln(x / mean) + mean - x, also where both are nearly equal.</summary>
    private static double Deviance(double x, double mean)
    {
        if (Math.Abs(x - mean) >= 0.1 * (x + mean))
            return x * Math.Log(x / mean) + mean - x;
        var v = (x - mean) / (x + mean);
        var sum = (x - mean) * v;
        var term = 2 * x * v;
        for (var j = 1; j < 1000; j++)
        {
            term *= v * v;
            var next = sum + term / (2 * j + 1);
            if (next == sum)
                break;
            sum = next;
        }
        return sum;
    }
}
