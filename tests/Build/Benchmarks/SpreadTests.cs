using Slipway.Benchmarks.Figures;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class SpreadTests
{
    [TestCase(new[] { 3.0, 1, 2 }, 2.0, 1.0, 3.0)]
    [TestCase(new[] { 4.0, 1, 3, 2 }, 2.5, 1.0, 4.0)]
    [TestCase(new[] { 7.0 }, 7.0, 7.0, 7.0)]
    public void IsTheMedianAndTheEnds(double[] values, double median, double least, double most) =>
        Assert.That(Spread.Of(values), Is.EqualTo(new Spread(median, least, most)));

    [Test]
    public void DividesRoundByRoundSoThatASlowMomentOfTheMachineFallsOut()
    {
        // in the second round the machine was ten times slower, for both
        Assert.That(Spread.Ratio([200, 20, 200], [100, 10, 100]), Is.EqualTo(new Spread(2, 2, 2)));
    }

    [Test]
    public void RefusesRoundsThatOnlyOneOfBothHad() =>
        Assert.That(() => Spread.Ratio([1, 2], [1]), Throws.ArgumentException);
}
