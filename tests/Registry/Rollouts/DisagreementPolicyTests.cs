using Slipway.Registry.Channels;
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
        Assert.That(Judge(ShadowCounts.None, Predicted), Is.EqualTo(VerdictResult.Inconclusive));
    }

    [Test]
    public void AsMuchDisagreementAsOnTheHoldoutIsExpected() =>
        Assert.That(Judge(new(Compared: 10_000, Disagreed: 400), Predicted), Is.EqualTo(VerdictResult.Inconclusive));

    [Test]
    public void FarMoreFails() =>
        Assert.That(Judge(new(Compared: 200, Disagreed: 40), Predicted), Is.EqualTo(VerdictResult.Fail));

    [Test]
    public void AnotherReleaseOfTheSameVersionHasToAgree()
    {
        Assert.That(Judge(new(Compared: 100, Disagreed: 10), null), Is.EqualTo(VerdictResult.Fail));
        Assert.That(Judge(new(Compared: 1000, Disagreed: 2), null), Is.EqualTo(VerdictResult.Inconclusive));
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
                if (DisagreementPolicy.LnFail(new(compared, disagreed), Predicted, Bounds) < Math.Log(1 / Bounds.FailAlpha))
                    continue;
                alarms++;
                break;
            }
        }
        Assert.That(alarms, Is.LessThanOrEqualTo(4), "1,000 runs at an alpha of 0.001");
    }

    [Test]
    public void AgreementAlonePassesNothingAndTheRecordIsRecomputed()
    {
        var plan = new RolloutPlan("r1", "m", 2, "d", [new(10)], default, 100, new(90), default, TimeSpan.FromMinutes(1), Bounds, Shadow: 100, Disagreement: Predicted);
        var shadow = new ShadowCounts(Compared: 200, Disagreed: 60);

        var agreed = VerdictPolicy.Judge(RolloutCounts.None, ProbeCounts.None, Bounds, 100, useProbes: false, 0, new(Compared: 10_000), Predicted);
        var failed = VerdictPolicy.Judge(RolloutCounts.None, ProbeCounts.None, Bounds, 100, useProbes: false, 0, shadow, Predicted);

        Assert.That(agreed.Result, Is.EqualTo(VerdictResult.Inconclusive));
        Assert.That(failed.Result, Is.EqualTo(VerdictResult.Fail));
        Assert.That(failed.Sentence, Does.Contain("60 of 200 shadow answers differ"));
        Assert.That(VerdictExplanation.Lines(failed, Bounds)[2], Does.EndWith("the candidate fails."));
        Assert.That(VerdictPolicy.Recompute(plan, failed, slowMicroseconds: null).LnFail, Is.EqualTo(failed.LnFail));
    }

    [TestCase(null, true)]
    [TestCase("m", false)]
    public void VersionsWhoseDisagreementNobodyMeasuredMayDiffer(string? model, bool isJudged)
    {
        var plan = new RolloutPlan("r1", model, model is null ? null : 2, "d", [new(10)], default, 100, new(90), default, TimeSpan.FromMinutes(1), Bounds, Shadow: 100);
        var rollout = new RolloutState(plan, Color.Green, Step: 0, Share: 10, default, default, 0, null, null);

        var verdict = VerdictPolicy.Judge(rollout, RolloutCounts.None, ProbeCounts.None, new(Compared: 200, Disagreed: 60));

        Assert.That(verdict.Result == VerdictResult.Fail, Is.EqualTo(isJudged));
    }

    private static VerdictResult Judge(ShadowCounts shadow, PredictedDisagreement? predicted) =>
        VerdictPolicy.Judge(RolloutCounts.None, ProbeCounts.None, Bounds, 100, useProbes: false, 0, shadow, predicted).Result;
}
