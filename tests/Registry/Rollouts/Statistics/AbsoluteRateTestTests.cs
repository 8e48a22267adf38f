using Slipway.Registry.Rollouts.Statistics;

namespace Slipway.Registry.Tests.Rollouts.Statistics;

public sealed class AbsoluteRateTestTests
{
    private const double Close = 1e-9;

    [TestCase(0, 500, 3.4072059852)]
    [TestCase(2, 1000, 3.8129671160)]
    [TestCase(5, 2000, 6.8679546526)]
    [TestCase(10, 1000, -1.1018030781)]
    public void AgreesWithTheReferenceValues(int bad, int requests, double expected) =>
        Assert.That(AbsoluteRateTest.LnPass(bad, requests, 0.01), Is.EqualTo(expected).Within(Close));

    [TestCase(2, 40, 2.3532506283, 2.0 * 0.1 / 1.1)]
    [TestCase(10, 40, 13.1469219525, 2.0 / 3)]
    [TestCase(30, 100, 26.2150624003, 2.0 / 3)]
    [TestCase(5, 100, 6.5401724507, 2.0 * 0.1 / 1.1)]
    public void AgreesWithTheReferenceValuesOfLargeBounds(int bad, int requests, double expected, double maxRate) =>
        Assert.That(AbsoluteRateTest.LnPass(bad, requests, maxRate), Is.EqualTo(expected).Within(Close));

    [TestCase(0.05, 88)]
    [TestCase(0.02, 224)]
    [TestCase(0.01, 449)]
    [TestCase(0.005, 901)]
    [TestCase(0.001, 4512)]
    public void NeedsThisManyRequestsWithoutABadOne(double maxRate, int requests)
    {
        var bound = Math.Log(20);

        Assert.That(AbsoluteRateTest.LnPass(0, requests, maxRate), Is.GreaterThanOrEqualTo(bound));
        Assert.That(AbsoluteRateTest.LnPass(0, requests - 1, maxRate), Is.LessThan(bound));
    }

    [Test]
    public void SaysNothingWithoutRequests() => Assert.That(AbsoluteRateTest.LnPass(0, 0, 0.01), Is.EqualTo(0).Within(1e-15));

    [Test]
    public void StaysFiniteForAnyCount()
    {
        foreach (var (bad, requests) in new[] { (1_000_000L, 1_000_000L), (0, 1_000_000_000), (1_000_000, 1_000_000_000), (10_000_000, 1_000_000_000), (1, 1) })
            foreach (var maxRate in new[] { 1e-6, 0.01, 0.5, 0.999 })
                Assert.That(AbsoluteRateTest.LnPass(bad, requests, maxRate), Is.Not.NaN.And.GreaterThan(double.NegativeInfinity).And.LessThan(double.PositiveInfinity), $"{bad}/{requests} {maxRate}");
    }

    /// <summary>The definition itself, integrated by Simpson's rule: the mean likelihood ratio over all rates below the bound.</summary>
    [TestCase(0, 50, 0.1)]
    [TestCase(3, 50, 0.1)]
    [TestCase(20, 50, 0.1)]
    [TestCase(50, 50, 0.1)]
    [TestCase(7, 900, 0.01)]
    [TestCase(450, 900, 0.3)]
    public void IsTheMeanLikelihoodRatioBelowTheBound(int bad, int requests, double maxRate)
    {
        const int Steps = 200_000;
        var sum = 0.0;
        for (var i = 0; i <= Steps; i++)
        {
            var rate = maxRate * i / Steps;
            var ratio = bad == 0 && i == 0 ? Math.Exp(-requests * Math.Log(1 - maxRate))
                : Math.Exp(bad * Math.Log(rate / maxRate) + (requests - bad) * Math.Log((1 - rate) / (1 - maxRate)));
            sum += ratio * (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2);
        }

        Assert.That(AbsoluteRateTest.LnPass(bad, requests, maxRate), Is.EqualTo(Math.Log(sum / (3 * Steps))).Within(Close));
    }
}
