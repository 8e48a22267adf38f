using Slipway.Registry.Rollouts;
using Slipway.Registry.Rollouts.Statistics;

namespace Slipway.Registry.Tests.Rollouts.Statistics;

/// <summary>The reference values were computed with SciPy 1.10.1 from the definitions.</summary>
public sealed class RateRatioTestTests
{
    private const double Close = 1e-9;

    private static readonly TestCaseData[] References =
    [
        new(new ShareEvents[] { new(10, 5, 5) }, 9.3996362478, 8.7142987861, -2.6540317132),
        new(new ShareEvents[] { new(5, 3, 3) }, 6.7764874385, 6.3928134288, -2.0890377038),
        new(new ShareEvents[] { new(50, 10, 12) }, 2.0699966550, 1.4771708131, -2.0671737836),
        new(new ShareEvents[] { new(10, 8, 40) }, 0.7262983664, 0.1116617890, -1.8008471152),
        new(new ShareEvents[] { new(10, 4, 40) }, -1.3675299912, -1.6842147441, 0.2414835484),
        new(new ShareEvents[] { new(10, 0, 40) }, -2.7007276258, -2.9299815736, 6.7972406688),
        new(new ShareEvents[] { new(10, 30, 100) }, 13.3123761566, 9.9646906288, -5.5872129659),
        new(new ShareEvents[] { new(5, 3, 4), new(25, 4, 9) }, 3.1880732935, 2.4876161031, -2.4030610264),
        new(new ShareEvents[] { new(5, 1, 20), new(25, 6, 22), new(50, 13, 25) }, -1.5908094821, -2.2531534258, 1.0279976108),
    ];

    [TestCaseSource(nameof(References))]
    public void AgreesWithTheReferenceValues(ShareEvents[] events, double fail, double failWithTolerance, double pass)
    {
        Assert.That(RateRatioTest.LnFail(events, 1), Is.EqualTo(fail).Within(Close));
        Assert.That(RateRatioTest.LnFail(events, 1.2), Is.EqualTo(failWithTolerance).Within(Close));
        Assert.That(RateRatioTest.LnPass(events, 2), Is.EqualTo(pass).Within(Close));
    }

    [TestCase(1, 2, 2, 3)]
    [TestCase(5, 2, 3, 4)]
    [TestCase(10, 2, 3, 4)]
    [TestCase(25, 3, 5, 7)]
    [TestCase(50, 6, 9, 12)]
    public void ABurstOnTheCandidateAloneIsEnough(int share, int for20, int for100, int for1000)
    {
        var needed = new[] { 20, 100, 1000 }
            .Select(bound => Enumerable.Range(1, 50).First(bad => RateRatioTest.LnFail([new(share, bad, bad)], 1) >= Math.Log(bound)));

        Assert.That(needed, Is.EqualTo(new[] { for20, for100, for1000 }));
    }

    [Test]
    public void SaysNothingWithoutEvents() =>
        Assert.That((RateRatioTest.LnFail([], 1), RateRatioTest.LnPass([], 2)), Is.EqualTo((0.0, 0.0)));

    [TestCase(0)]
    [TestCase(100)]
    public void SaysNothingWhereNothingWasDrawn(int share) =>
        Assert.That(RateRatioTest.LnFail([new(share, 50, 50), new(10, 5, 5)], 1), Is.EqualTo(RateRatioTest.LnFail([new(10, 5, 5)], 1)));

    [Test]
    public void TheOrderOfSharesAndEventsDoesNotMatter() =>
        Assert.That(
            RateRatioTest.LnFail([new(25, 4, 9), new(5, 3, 4)], 1.2),
            Is.EqualTo(RateRatioTest.LnFail([new(5, 1, 1), new(5, 2, 3), new(25, 4, 9)], 1.2)).Within(Close));

    [TestCase(0, 1_000_000_000)]
    [TestCase(1_000_000_000, 1_000_000_000)]
    public void StaysFiniteForAnyCount(long candidate, long all)
    {
        foreach (var share in new[] { 1, 50, 99 })
            Assert.That(
                new[] { RateRatioTest.LnFail([new(share, candidate, all)], 1), RateRatioTest.LnPass([new(share, candidate, all)], 2) }, Has.All.Matches<double>(double.IsFinite));
    }

    /// <summary>
    /// What makes it an e-value: if the ratio is at the bound, its expectation is 1 exactly, here by summing over every outcome of twelve bad attempts.
    /// </summary>
    [TestCase(1, 1.0)]
    [TestCase(10, 1.0)]
    [TestCase(50, 1.5)]
    public void ItsExpectationIsOneAtTheBound(int share, double ratio)
    {
        var expected = RateRatioTest.ExpectedShare(ratio, share);
        var (fail, pass) = (0.0, 0.0);
        for (var bad = 0; bad <= 12; bad++)
        {
            var probability = Math.Exp(BinomialTails.LnMass(bad, 12, expected));
            fail += probability * Math.Exp(RateRatioTest.LnFail([new(share, bad, 12)], ratio));
            pass += probability * Math.Exp(RateRatioTest.LnPass([new(share, bad, 12)], ratio));
        }
        Assert.That((fail, pass), Is.EqualTo((1.0, 1.0)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-12 && Math.Abs(a.Item2 - b.Item2) < 1e-12));
    }
}
