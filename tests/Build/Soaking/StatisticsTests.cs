using Slipway.Soak.Statistics;

namespace Slipway.Build.Tests.Soaking;

public sealed class StatisticsTests
{
    // 1 - 0.05^(1/n), and the tables of Clopper and Pearson
    [TestCase(0, 1, 0.95)]
    [TestCase(0, 50, 0.0581551)]
    [TestCase(0, 300, 0.0099361)]
    [TestCase(1, 10, 0.3941633)]
    [TestCase(2, 20, 0.2826185)]
    [TestCase(5, 100, 0.1022534)]
    [TestCase(3, 3, 1)]
    [TestCase(0, 0, 1)]
    public void TheUpperBoundIsExact(int failures, int trials, double bound) => Assert.That(UpperBound.Of(failures, trials), Is.EqualTo(bound).Within(0.0000001 + 0.000001 * bound));

    [Test]
    public void TheSlopeOfALineIsTheLines()
    {
        var slope = Slope.Of([.. Enumerable.Range(0, 100).Select(i => ((double)i, 3.0 + 0.5 * i))]);

        Assert.That((slope.PerUnit, slope.Lower, slope.Upper), Is.EqualTo((0.5, 0.5, 0.5)).Within(1e-12));
        Assert.That(slope.Grows, Is.True);
    }

    [Test]
    public void TheIntervalOfKnownValuesIsThatOfTheTextbook()
    {
        // y = 2 + 0.1 x + e, with e = 1, -1, 1, -1, ...; computed by hand: Sxx = 665, Sxy = 56.5, SSE = 19.849624
        var slope = Slope.Of([.. Enumerable.Range(0, 20).Select(i => ((double)i, 2 + 0.1 * i + (i % 2 == 0 ? 1 : -1)))]);

        Assert.That(slope.PerUnit, Is.EqualTo(56.5 / 665).Within(1e-9));
        Assert.That(slope.Upper - slope.PerUnit, Is.EqualTo(2.10092204 * Math.Sqrt(19.849624 / 18 / 665)).Within(1e-6));
        Assert.That(slope.Grows, Is.False, "zero is just within the interval");
    }

    [Test]
    public void ASeriesThatOnlyFluctuatesDoesNotGrow()
    {
        var random = new Random(1);
        var slope = Slope.Of([.. Enumerable.Range(0, 400).Select(i => ((double)i, 100 + random.NextDouble()))]);

        Assert.That(slope.Grows, Is.False);
        Assert.That(slope.Lower, Is.LessThan(0));
    }

    [Test]
    public void ASmallLeakIsFoundInTheSameFluctuation()
    {
        var random = new Random(1);
        var slope = Slope.Of([.. Enumerable.Range(0, 400).Select(i => ((double)i, 100 + random.NextDouble() + 0.01 * i))]);

        Assert.That(slope.Grows, Is.True);
        Assert.That(slope.PerUnit, Is.EqualTo(0.01).Within(0.002));
    }

    [Test]
    public void TooFewSamplesHaveNoSlope() => Assert.That(() => Slope.Of([.. Enumerable.Range(0, 19).Select(i => ((double)i, 1.0))]), Throws.ArgumentException);
}
