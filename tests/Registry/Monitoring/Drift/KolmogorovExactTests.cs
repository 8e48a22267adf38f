using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Drift;

namespace Slipway.Registry.Tests.Monitoring.Drift;

public sealed class KolmogorovExactTests
{
    /// <summary>The exact p-values of SciPy for the same distances.</summary>
    [TestCase(0.062, 500, 2000, 0.0900564780706)]
    [TestCase(0.048, 500, 2000, 0.309540946937)]
    [TestCase(0.625, 8, 8, 0.08702408702408701)]
    [TestCase(0.3, 5, 6, 0.8961038961)]
    public void IsWhatOthersCompute(double distance, int n, int m, double p)
    {
        Assert.That(KolmogorovExact.Survival(distance, n, m), Is.EqualTo(p).Within(1e-9));
        Assert.That(KolmogorovExact.Survival(distance, m, n), Is.EqualTo(p).Within(1e-9));
    }

    /// <summary>Of all orders of four and three values.</summary>
    [Test]
    public void IsTheShareOfOrders()
    {
        foreach (var distance in new[] { 0, 0.25, 1 / 3.0, 5 / 12.0, 0.5, 7 / 12.0, 0.75, 1 })
            Assert.That(KolmogorovExact.Survival(distance, 4, 3), Is.EqualTo(ShareOfOrders(distance, 4, 3)).Within(1e-12), $"{distance}");
    }

    [TestCase(50, 2000, 1e-2), TestCase(50, 2000, 1e-6), TestCase(199, 401, 1e-5), TestCase(50, 50, 1e-7), TestCase(53, 1009, 0.5)]
    public void BoundIsTheLargestDistanceThatIsMoreLikely(int n, int m, double probability)
    {
        var bound = KolmogorovExact.InverseSurvival(probability, n, m);

        Assert.That(KolmogorovExact.Survival(bound, n, m), Is.GreaterThan(probability));
        Assert.That(KolmogorovExact.Survival(bound + 1.0 / ((double)n * m), n, m), Is.LessThanOrEqualTo(probability));
        Assert.That(bound, Is.LessThanOrEqualTo(Kolmogorov.InverseSurvival(probability) * Math.Sqrt(1.0 / n + 1.0 / m) + 1.0 / Math.Min(n, m)));
    }

    [TestCase(50, 2000, ExpectedResult = true), TestCase(51, 2000, ExpectedResult = false), TestCase(1_000_000, 100_000, ExpectedResult = false), TestCase(50, 0, ExpectedResult = false)]
    public bool TakesOnlySmallSamples(long n, long m) => KolmogorovExact.Fits(n, m);

    [Test]
    public void DecidesAboutSmallWindows()
    {
        double[] expected = [250, 250, 250, 250], counted = [30, 10, 5, 5];
        var column = new ColumnBaseline("x", ColumnKind.Numeric, [1, 2, 3], [.. expected.Select(count => (long)count)], 0, 0, 1);

        var test = DistanceTests.Of(column, expected, counted).Single(one => one.Statistic == DriftStatistic.KolmogorovSmirnov);

        Assert.That(test.P, Is.EqualTo(KolmogorovExact.Survival(0.35, 50, 1000)).Within(1e-15));
        Assert.That(test.BoundAt(test.P), Is.LessThan(test.Value), "a distance whose p-value is at the level is above the bound");
        Assert.That(test.BoundAt(test.P * 0.999), Is.GreaterThanOrEqualTo(test.Value));
    }

    private static double ShareOfOrders(double distance, int n, int m)
    {
        var (all, reached) = (0, 0);
        for (var order = 0; order < 1 << (n + m); order++)
        {
            if (int.PopCount(order) != n)
                continue;
            var (i, j, greatest) = (0, 0, 0);
            for (var at = 0; at < n + m; at++)
            {
                _ = (order >> at & 1) == 1 ? i++ : j++;
                greatest = Math.Max(greatest, Math.Abs(i * m - j * n));
            }

            all++;
            if (greatest >= distance * n * m - 1e-9)
                reached++;
        }

        return reached / (double)all;
    }
}
