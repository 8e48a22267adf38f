using Slipway.Registry.Rollouts;
using Slipway.Registry.Rollouts.Statistics;

namespace Slipway.Registry.Tests.Rollouts.Statistics;

/// <summary>The reference values were computed with SciPy 1.10.1 and statsmodels 0.13.5; the fifth row of Newcombe's is his own example.</summary>
public sealed class FixedSampleTests
{
    private const double Close = 1e-9;

    [TestCase(5, 1000, 15, 1000, 0.0011165447, 0.0200186057)]
    [TestCase(50, 9000, 12, 1000, 0.0010279496, 0.0154023163)]
    [TestCase(0, 950, 0, 50, -0.0040273557, 0.0713475991)]
    [TestCase(0, 950, 3, 50, 0.0204095952, 0.1621709169)]
    [TestCase(48, 80, 56, 70, 0.0524314724, 0.3338726540)]
    [TestCase(2, 1900, 4, 100, 0.0144527003, 0.0973230814)]
    [TestCase(9, 2850, 8, 150, 0.0239581125, 0.0985691000)]
    public void KnowsNewcombesInterval(int stableBad, int stable, int candidateBad, int candidate, double lower, double upper) =>
        ShouldBe(FixedSample.Newcombe(candidateBad, candidate, stableBad, stable), lower, upper);

    [TestCase(5, 1000, 15, 1000, 0.0201971027024, 0.0403942054048)]
    [TestCase(50, 9000, 12, 1000, 0.0183750477235, 0.0296851625979)]
    [TestCase(0, 950, 0, 50, 1, 1)]
    [TestCase(0, 950, 3, 50, 0.000117953624968, 0.000117953624968)]
    [TestCase(48, 80, 56, 70, 0.0063247111299, 0.0125211297492)]
    [TestCase(2, 1900, 4, 100, 8.18180474154e-05, 8.18180474154e-05)]
    [TestCase(9, 2850, 8, 150, 5.38091944921e-07, 5.38091944921e-07)]
    public void KnowsFishersExactTest(int stableBad, int stable, int candidateBad, int candidate, double oneSided, double twoSided)
    {
        Assert.That(FixedSample.FisherGreater(candidateBad, candidate, stableBad, stable), Is.EqualTo(oneSided).Within(1e-7).Percent);
        Assert.That(FixedSample.FisherTwoSided(candidateBad, candidate, stableBad, stable), Is.EqualTo(twoSided).Within(1e-7).Percent);
    }

    [TestCase(81, 263, 0.2552885199, 0.3662095770)]
    [TestCase(0, 50, 0, 0.0713475991)]
    [TestCase(3, 50, 0.0206149703, 0.1621709169)]
    [TestCase(0, 0, 0, 1)]
    [TestCase(50, 50, 1 - 0.0713475991, 1)]
    public void KnowsWilsonsInterval(int bad, int requests, double lower, double upper) => ShouldBe(FixedSample.Wilson(bad, requests), lower, upper);

    [Test]
    public void SaysNothingAboutAColorWithoutRequests()
    {
        Assert.That((FixedSample.FisherGreater(0, 0, 3, 50), FixedSample.FisherTwoSided(3, 50, 0, 0)), Is.EqualTo((1.0, 1.0)));
        Assert.That(FixedSample.Newcombe(0, 0, 0, 0), Is.EqualTo(new ConfidenceInterval(-1, 1)));
    }

    [Test]
    public void CopesWithMillionsOfRequests() =>
        Assert.That(FixedSample.FisherTwoSided(50_000, 5_000_000, 50_500, 5_000_000), Is.InRange(0.05, 0.2));

    [Test]
    public void KnowsTheIntervalOfAMedian()
    {
        // ranks 40 and 61 of a hundred, as in every table of order statistics
        var latencies = Latencies(Enumerable.Range(1, 100).Select(i => i * 1000L));

        var median = FixedSample.Quantile(latencies, 0.5)!;

        Assert.That((median.Count, median.Microseconds), Is.EqualTo((100L, Upper(50_000))));
        Assert.That((median.LowerMicroseconds, median.UpperMicroseconds), Is.EqualTo(((double?)Lower(40_000), (double?)Upper(61_000))));
    }

    [TestCase(458, false)]
    [TestCase(459, true)]
    public void AnUpperBoundOfTheP99NeedsThisManyLatencies(int count, bool known) =>
        Assert.That(FixedSample.Quantile(Latencies(Enumerable.Repeat(1000L, count)), 0.99, tail: 0.01)!.UpperMicroseconds is not null, Is.EqualTo(known));

    [Test]
    public void KnowsNothingWithoutLatencies() => Assert.That(FixedSample.Quantile(LatencyCounts.None, 0.99), Is.Null);

    [Test]
    public void TheIntervalContainsTheQuantileAsOftenAsItSays()
    {
        // ten thousand samples of 200 uniform latencies, whose 90th percentile is known
        var random = new Random(20261130);
        var missed = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var p90 = FixedSample.Quantile(Latencies(Enumerable.Range(0, 200).Select(_ => (long)random.Next(1 << 14, 1 << 15))), 0.9)!;
            if (p90.LowerMicroseconds > (1.9 * (1 << 14)) || p90.UpperMicroseconds < 1.9 * (1 << 14))
                missed++;
        }
        Assert.That(missed, Is.LessThanOrEqualTo(500));
    }

    private static double Lower(long microseconds) => LatencyBuckets.LowerMicroseconds(LatencyBuckets.Of(microseconds));

    private static double Upper(long microseconds) => LatencyBuckets.UpperMicroseconds(LatencyBuckets.Of(microseconds));

    private static LatencyCounts Latencies(IEnumerable<long> microseconds) =>
        new(microseconds.GroupBy(LatencyBuckets.Of).ToDictionary(bucket => bucket.Key, bucket => bucket.LongCount()));

    private static void ShouldBe(ConfidenceInterval interval, double lower, double upper)
    {
        Assert.That(interval.Lower, Is.EqualTo(lower).Within(Close));
        Assert.That(interval.Upper, Is.EqualTo(upper).Within(Close));
    }
}
