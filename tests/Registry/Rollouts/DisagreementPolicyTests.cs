using Slipway.Registry.Models;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Rollouts.Statistics;

namespace Slipway.Registry.Tests.Rollouts;

public sealed class DisagreementPolicyTests
{
    private static readonly RolloutBounds Bounds = new();
    private static readonly PredictedDisagreement Predicted = new(1000, 30, 0.0211, 0.0426);

    // by exact rational arithmetic
    [TestCase(0, 0, 0.05, 0.000000000000)]
    [TestCase(10, 50, 0.05, 5.075771416202)]
    [TestCase(3, 40, 0.05, -2.134969074047)]
    [TestCase(40, 1000, 0.02, 3.787852683043)]
    [TestCase(1, 1, 0.01, 3.921973336281)]
    [TestCase(5, 5, 0.01, 21.244141796565)]
    [TestCase(0, 200, 0.01, -5.303304908059)]
    public void IsTheMeanOverAllGreaterRates(long disagreed, long compared, double bound, double expected) =>
        Assert.That(AbsoluteRateTest.LnFail(disagreed, compared, bound), Is.EqualTo(expected).Within(1e-9));

    [Test]
    public void WithoutComparisonsNothingIsKnown()
    {
        Assert.That(DisagreementPolicy.LnFail(ShadowCounts.None, Predicted, Bounds), Is.Zero);
        Assert.That(DisagreementPolicy.Judge(ShadowCounts.None, Predicted, Bounds), Is.EqualTo(VerdictResult.Inconclusive));
    }

    [Test]
    public void AsMuchDisagreementAsOnTheHoldoutIsExpected() =>
        Assert.That(DisagreementPolicy.Judge(new(Compared: 10_000, Disagreed: 400), Predicted, Bounds), Is.EqualTo(VerdictResult.Inconclusive));

    [Test]
    public void FarMoreFails() =>
        Assert.That(DisagreementPolicy.Judge(new(Compared: 200, Disagreed: 40), Predicted, Bounds), Is.EqualTo(VerdictResult.Fail));

    [Test]
    public void AnotherReleaseOfTheSameVersionHasToAgree()
    {
        Assert.That(DisagreementPolicy.Judge(new(Compared: 100, Disagreed: 10), null, Bounds), Is.EqualTo(VerdictResult.Fail));
        Assert.That(DisagreementPolicy.Judge(new(Compared: 1000, Disagreed: 2), null, Bounds), Is.EqualTo(VerdictResult.Inconclusive));
    }

    [Test]
    public void FalseAlarmsStayBelowTheirBoundAtEveryLook()
    {
        // the worst rate that is still accepted, looked at after every comparison
        var (random, alarms, bound) = (new Random(1), 0, DisagreementPolicy.MaxRate(Predicted, Bounds));
        for (var run = 0; run < 1000; run++)
        {
            var disagreed = 0;
            for (var compared = 1; compared <= 300; compared++)
            {
                disagreed += random.NextDouble() < bound ? 1 : 0;
                if (DisagreementPolicy.Judge(new(compared, disagreed), Predicted, Bounds) != VerdictResult.Fail)
                    continue;
                alarms++;
                break;
            }
        }
        Assert.That(alarms, Is.LessThanOrEqualTo(4), "1,000 runs at an alpha of 0.001");
    }
}
