using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Drift;

namespace Slipway.Registry.Tests.Monitoring.Drift.Simulations;

/// <summary>
/// Windows of one numeric feature and the baseline of m training rows that they are compared with. The edges are quantiles of those rows: each bin has the same
/// count, and what it truly covers is uncertain, as it is in production.
/// </summary>
internal sealed class SimulatedFeature(Law law, long trained, int bins)
{
    private readonly double[] _expected = [.. Enumerable.Repeat(trained / (double)bins, bins)];

    /// <summary>The distances of a window of n rows from a law that is shifted by this many standard deviations.</summary>
    public IReadOnlyList<DistanceTest> Window(Draws draws, long n, double shift = 0)
    {
        var cumulative = new double[bins];
        var total = 0.0;
        for (var i = 0; i < bins; i++)
            cumulative[i] = total += draws.Gamma(trained / (double)bins);
        float[] edges = [.. cumulative.Take(bins - 1).Select(sum => (float)law.Quantile(sum / total))];
        var shares = new double[bins];
        var before = 0.0;
        for (var i = 0; i < bins; i++)
        {
            var below = i == bins - 1 ? 1 : shift == 0 ? cumulative[i] / total : law.Below(edges[i] - shift * law.Deviation);
            shares[i] = below - before;
            before = below;
        }

        var column = new ColumnBaseline("x", ColumnKind.Numeric, edges, [.. _expected.Select(count => (long)count)], 0, 0, law.Deviation);
        return DistanceTests.Of(column, _expected, draws.Multinomial(n, shares));
    }
}

/// <summary>A continuous distribution.</summary>
internal sealed record Law(string Name, Func<double, double> Quantile, Func<double, double> Below, double Deviation)
{
    public static Law Uniform { get; } = new("uniform", u => u, x => Math.Clamp(x, 0, 1), Math.Sqrt(1 / 12.0));
    public static Law Normal { get; } = new("normal", NormalQuantile, NormalBelow, 1);
    public static Law Exponential { get; } = new("exponential", u => -Math.Log(1 - u), x => x <= 0 ? 0 : 1 - Math.Exp(-x), 1);

    /// <summary>The logarithm has a deviation of 2: a mean of 7 and a deviation of 54.</summary>
    public static Law LogNormal { get; } = new(
        "log-normal", u => Math.Exp(2 * NormalQuantile(u)), x => x <= 0 ? 0 : NormalBelow(Math.Log(x) / 2), Math.Sqrt((Math.Exp(4) - 1) * Math.Exp(4)));

    public override string ToString() => Name;

    private static double NormalBelow(double x) => x < 0 ? NormalTail.TwoSided(x) / 2 : 1 - NormalTail.TwoSided(x) / 2;

    /// <summary>P. Acklam's rational approximation; the relative error is below 1.2e-9.</summary>
    private static double NormalQuantile(double u)
    {
        if (u > 0.5)
            return -NormalQuantile(1 - u);
        if (u < 0.02425)
        {
            var q = Math.Sqrt(-2 * Math.Log(Math.Max(u, 1e-300)));
            return (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783)
                / ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1);
        }

        var (p, r) = (u - 0.5, (u - 0.5) * (u - 0.5));
        return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239) * p
            / (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598874e+02) * r + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1);
    }
}
