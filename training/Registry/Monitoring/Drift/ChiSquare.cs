namespace Slipway.Registry.Monitoring.Drift;

/// <summary>The chi-square distribution: regularized incomplete gamma functions, written out because nothing here may carry a library for two of them.</summary>
/// <remarks>Series DLMF 8.11.4 below the mean, the continued fraction DLMF 8.9.2 above it; the prefactor by Stirling's series.</remarks>
public static class ChiSquare
{
    private const double Tiny = 1e-300;
    private const int MaxTerms = 100_000;

    /// <summary>The probability that a chi-square variable with that many degrees of freedom exceeds <paramref name="value"/>.</summary>
    public static double Survival(double value, double degrees)
    {
        if (value <= 0)
            return 1;
        var (a, x) = (degrees / 2, value / 2);
        return x < a + 1 ? 1 - Series(a, x) : Fraction(a, x);
    }

    /// <summary>The value that is exceeded with this probability: the inverse of <see cref="Survival"/>.</summary>
    public static double InverseSurvival(double probability, double degrees)
    {
        if (probability >= 1)
            return 0;
        var (low, high) = (0.0, Math.Max(1, degrees));
        while (Survival(high, degrees) > probability)
            (low, high) = (high, high * 2);
        for (var i = 0; i < 200 && low < high; i++)
        {
            var middle = low + (high - low) / 2;
            if (middle == low || middle == high)
                break;
            if (Survival(middle, degrees) > probability)
                low = middle;
            else
                high = middle;
        }

        return low + (high - low) / 2;
    }

    /// <summary>ln Gamma(x) for x > 0.</summary>
    public static double LnGamma(double x)
    {
        var shift = 0.0;
        for (; x < 12; x++)
            shift += Math.Log(x);
        var square = 1 / (x * x);
        var series = (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - (1 / 1188.0 - 691 / 360360.0 * square) * square) * square) * square) * square) / x;
        return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + series - shift;
    }

    private static double Series(double a, double x)
    {
        var (term, sum) = (1 / a, 1 / a);
        for (var n = 1; n < MaxTerms && term > sum * 1e-17; n++)
            sum += term *= x / (a + n);
        return sum * Math.Exp(a * Math.Log(x) - x - LnGamma(a));
    }

    /// <summary>By the modified method of Lentz.</summary>
    private static double Fraction(double a, double x)
    {
        var b = x + 1 - a;
        var c = 1 / Tiny;
        var d = 1 / b;
        var value = d;
        for (var i = 1; i < MaxTerms; i++)
        {
            var coefficient = -i * (i - a);
            b += 2;
            d = 1 / NotZero(coefficient * d + b);
            c = NotZero(b + coefficient / c);
            var change = c * d;
            value *= change;
            if (Math.Abs(change - 1) <= 1e-16)
                break;
        }

        return value * Math.Exp(a * Math.Log(x) - x - LnGamma(a));
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
