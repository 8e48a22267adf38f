using Slipway.Registry.Monitoring.Drift;

namespace Slipway.Registry.Tests.Monitoring.Drift;

public sealed class ChiSquareTests
{
    /// <summary>Six cells of 16, 18, 16, 14, 12, 12 against 16, 16, 16, 16, 16, 8, as one sample and as two.</summary>
    [Test]
    public void KnowsTheProbabilityOfALargerValue()
    {
        double[] counted = [16, 18, 16, 14, 12, 12];
        double[] expected = [16, 16, 16, 16, 16, 8];

        var contingency = counted.Zip(expected, (count, other) => (count - other) * (count - other) / (count + other)).Sum();

        Assert.That(contingency, Is.EqualTo(1.6224089636).Within(1e-9));
        Assert.That(ChiSquare.Survival(contingency, 5), Is.EqualTo(0.8985262394).Within(1e-9));
        Assert.That(ChiSquare.Survival(1.6299560650, 5), Is.EqualTo(0.8976032399).Within(1e-9));
        Assert.That(ChiSquare.Survival(3.1746031746031746, 5), Is.EqualTo(0.6730876006966301).Within(1e-9));
        Assert.That(ChiSquare.Survival(0, 5), Is.EqualTo(1));
    }

    /// <summary>PSI of ten bins and 2,000 rows of training.</summary>
    [TestCase(0.001, 100, 0.29271)]
    [TestCase(0.001, 500, 0.06969)]
    [TestCase(0.001, 2000, 0.02788)]
    [TestCase(0.001, 10_000, 0.01673)]
    [TestCase(0.01, 100, 0.22749)]
    [TestCase(0.01, 500, 0.05416)]
    [TestCase(0.01, 2000, 0.02167)]
    [TestCase(0.01, 10_000, 0.01300)]
    public void KnowsTheValueThatIsExceededWithAProbability(double alpha, int n, double bound) =>
        Assert.That(ChiSquare.InverseSurvival(alpha, 9) * (1.0 / n + 1 / 2000.0), Is.EqualTo(bound).Within(5e-6));

    [Test]
    public void InvertsItself([Values(1, 2, 9, 63, 999)] int degrees, [Values(0.9, 0.5, 1e-3, 1e-9, 1e-15)] double probability) =>
        Assert.That(ChiSquare.Survival(ChiSquare.InverseSurvival(probability, degrees), degrees), Is.EqualTo(probability).Within(1e-9 * probability));

    /// <summary>1.959963984540054 is the 97.5 % quantile of the normal distribution, and 4.416 that of 1e-5 on both sides.</summary>
    [Test]
    public void KnowsNormalTails()
    {
        Assert.That(NormalTail.InverseTwoSided(0.05), Is.EqualTo(1.959963984540054).Within(1e-12));
        Assert.That(NormalTail.TwoSided(1.959963984540054), Is.EqualTo(0.05).Within(1e-12));
        Assert.That(NormalTail.InverseTwoSided(1e-5), Is.EqualTo(4.417173413).Within(1e-6));
    }

    [Test]
    public void KnowsTheLogarithmOfFactorials()
    {
        Assert.That(ChiSquare.LnGamma(0.5), Is.EqualTo(Math.Log(Math.PI) / 2).Within(1e-13));
        Assert.That(ChiSquare.LnGamma(11), Is.EqualTo(Math.Log(3_628_800)).Within(1e-12));
        Assert.That(ChiSquare.LnGamma(1), Is.Zero.Within(1e-13));
    }

    [TestCase(500, 0.067905)]
    [TestCase(10_000, 0.033267)]
    public void KnowsWhatTheKolmogorovSmirnovDistanceExceeds(int n, double critical)
    {
        Assert.That(Kolmogorov.InverseSurvival(0.05) * Math.Sqrt(1.0 / n + 1 / 2000.0), Is.EqualTo(critical).Within(6e-7));
        Assert.That(Kolmogorov.Survival(Kolmogorov.InverseSurvival(0.05)), Is.EqualTo(0.05).Within(1e-12));
    }

    /// <summary>The law of finite samples gives 0.0885 and 0.3056: the limit is on the safe side.</summary>
    [TestCase(0.062, 0.0885287219661)]
    [TestCase(0.048, 0.305574578553)]
    public void LimitOfTheKolmogorovSmirnovDistanceIsConservative(double distance, double finite) =>
        Assert.That(Kolmogorov.Survival(distance * Math.Sqrt(400)), Is.InRange(finite, finite * 1.06));
}
