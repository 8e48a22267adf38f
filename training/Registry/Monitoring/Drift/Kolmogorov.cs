namespace Slipway.Registry.Monitoring.Drift;

/// <summary>The limit distribution of the Kolmogorov-Smirnov distance: of two samples of n and m, <c>D * sqrt(n m / (n + m))</c>. It is conservative for ties and for bins; <see cref="KolmogorovExact"/> is for small samples.</summary>
public static class Kolmogorov
{
    /// <summary>The probability of a larger one without drift.</summary>
    public static double Survival(double scaled)
    {
        if (scaled < 0.2)
            return 1;
        var (sum, sign) = (0.0, 1.0);
        for (var k = 1; k <= 100; k++, sign = -sign)
        {
            var term = Math.Exp(-2.0 * k * k * scaled * scaled);
            sum += sign * term;
            if (term < 1e-18)
                break;
        }

        return Math.Clamp(2 * sum, 0, 1);
    }

    /// <summary>The value that is exceeded with this probability.</summary>
    public static double InverseSurvival(double probability)
    {
        var (low, high) = (0.2, 40.0);
        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            if (Survival(middle) > probability)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }
}
