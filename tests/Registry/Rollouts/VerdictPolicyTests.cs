using Slipway.Registry.Rollouts;
using static Slipway.Registry.Tests.Rollouts.SampleRollouts;

namespace Slipway.Registry.Tests.Rollouts;

public sealed class VerdictPolicyTests
{
    private static readonly RolloutBounds Bounds = new(SlowMilliseconds: 250);

    [Test]
    public void NoDataIsNeverAPass()
    {
        var verdict = Judge(RolloutCounts.None, minRequests: 0);

        Assert.That((verdict.Result, verdict.LnFail), Is.EqualTo((VerdictResult.Inconclusive, 0.0)));
        Assert.That(verdict.Sentence, Is.EqualTo("Not decided: no request on the candidate has been counted, and no data is never a pass."));
        Assert.That(verdict.Checks.Select(check => check.Result), Has.All.EqualTo(VerdictResult.Inconclusive));
    }

    [Test]
    public void RequestsOnStableAloneAreNoData() =>
        Assert.That(Judge(Counts(1, candidate: 0, stable: 100_000, stableErrors: 5000), minRequests: 0).Result, Is.EqualTo(VerdictResult.Inconclusive));

    [TestCase(448, VerdictResult.Inconclusive)]
    [TestCase(449, VerdictResult.Pass)]
    public void GoodAttemptsAlonePassOnceTheyRuleTheRateOut(int requests, VerdictResult expected) =>
        Assert.That(Judge(Counts(10, requests, stable: 9 * requests)).Result, Is.EqualTo(expected));

    [Test]
    public void ARatioPassesWhereBothColorsHaveTheSameErrors()
    {
        // 5 % of errors on both: no rate of 1 % can be ruled out, but twice stable's rate can
        var verdict = Judge(Counts(50, candidate: 4000, candidateErrors: 200, stable: 4000, stableErrors: 200));

        Assert.That(verdict.Result, Is.EqualTo(VerdictResult.Pass));
        Assert.That(Check(verdict, RolloutCheck.Errors).Sentence, Does.Contain("2 times the rate of stable is ruled out"));
    }

    [Test]
    public void TheMinimumOfRequestsIsNeededWhateverElsePasses()
    {
        var verdict = Judge(Counts(10, candidate: 500, stable: 4500), minRequests: 501);

        Assert.That(verdict.Result, Is.EqualTo(VerdictResult.Inconclusive));
        Assert.That(verdict.Sentence, Is.EqualTo("Not decided: every check passes, but only 500 of 501 requests on the candidate have been counted."));
    }

    [Test]
    public void ABurstOnTheCandidateFailsIt()
    {
        // at 10 %, four are enough for one check; three checks share the probability of a false alarm
        Assert.That(Judge(Counts(10, candidate: 4, candidateErrors: 4, stable: 36)).Result, Is.EqualTo(VerdictResult.Inconclusive));

        var verdict = Judge(Counts(10, candidate: 5, candidateErrors: 5, stable: 45));

        Assert.That(verdict.Result, Is.EqualTo(VerdictResult.Fail));
        Assert.That(verdict.LnFail, Is.EqualTo(Math.Log((Math.Exp(9.3996362478) + 2) / 3)).Within(1e-9));
        Assert.That(Check(verdict, RolloutCheck.Errors).Result, Is.EqualTo(VerdictResult.Fail));
        Assert.That(Check(verdict, RolloutCheck.NotFinite).Result, Is.Not.EqualTo(VerdictResult.Fail));
        Assert.That(verdict.Sentence, Is.EqualTo(
            "The candidate fails: the mean E of the checks is 4,029 and reaches 1,000. errors: 5 of 5 on the candidate, 0 of 45 on stable, which is worse than stable (E 12,084)."));
    }

    [Test]
    public void AnIncidentOnBothColorsDoesNotFailIt() =>
        Assert.That(Judge(Counts(10, candidate: 1000, candidateErrors: 300, stable: 9000, stableErrors: 2700)).Result, Is.Not.EqualTo(VerdictResult.Fail));

    [Test]
    public void EveryKindOfBadAttemptFailsIt()
    {
        foreach (var bad in new ArmCounts[] { new(Errors: 6), new(NotFinite: 6), new(Refused: 6), new(Failed: 6), new(TimedOut: 6), new(Slow: 6), new(GaveUp: 6) })
            Assert.That(Judge(new([new(10, bad, new(Answered: 54))])).Result, Is.EqualTo(VerdictResult.Fail), $"{bad}");
    }

    [Test]
    public void WhatACallerDidWrongIsAnswered() =>
        // 4xx are among the answered attempts, however many there are
        Assert.That(Judge(new([new(10, new(Answered: 1_000_000), new(Answered: 9))])).Result, Is.EqualTo(VerdictResult.Pass));

    [Test]
    public void SeveralChecksMayDecideTogether()
    {
        var counts = new RolloutCounts([new(10, new(Errors: 4, NotFinite: 4, Slow: 4), new(Answered: 100))]);

        var verdict = Judge(counts);

        Assert.That(verdict.Result, Is.EqualTo(VerdictResult.Fail));
        Assert.That(verdict.Checks, Has.All.Property(nameof(CheckVerdict.Result)).EqualTo(VerdictResult.Fail));
        Assert.That(Judge(new([new(10, new(Errors: 4), new(Answered: 100))])).Result, Is.Not.EqualTo(VerdictResult.Fail), "one alone does not");
    }

    [Test]
    public void SlowDoesNotApplyWithoutABound()
    {
        var verdict = VerdictPolicy.Judge(Counts(10, candidate: 500, stable: 4500), ProbeCounts.None, Bounds with { SlowMilliseconds = null }, 100, useProbes: false);

        Assert.That(verdict.Checks.Select(check => check.Check), Is.EqualTo(new[] { RolloutCheck.Errors, RolloutCheck.NotFinite }));
        Assert.That(verdict.Result, Is.EqualTo(VerdictResult.Pass));
    }

    [Test]
    public void AnEValueIsTheSameWhetherACheckDoesNotApplyOrHasSeenNothing()
    {
        var counts = Counts(10, candidate: 100, candidateErrors: 3, stable: 900, stableErrors: 5);

        Assert.That(
            VerdictPolicy.Judge(counts, ProbeCounts.None, Bounds with { SlowMilliseconds = null }, 100, useProbes: false).LnFail,
            Is.EqualTo(Judge(counts).LnFail).Within(1e-12));
    }

    [Test]
    public void OnePercentOfSlowAttemptsPasses()
    {
        // as many as beyond a 99th percentile: a rate of 1 % cannot be ruled out, five times as many can
        var counts = new RolloutCounts([new(25, new(Answered: 990, Slow: 10), new(Answered: 2970, Slow: 30))]);

        var verdict = Judge(counts);

        Assert.That(verdict.Result, Is.EqualTo(VerdictResult.Pass));
        Assert.That(Check(verdict, RolloutCheck.Slow).Sentence, Does.Contain("a rate of 5 % is ruled out"));
    }

    [Test]
    public void FiveTimesAsManySlowAttemptsFail() =>
        Assert.That(Judge(new([new(25, new(Answered: 950, Slow: 50), new(Answered: 2970, Slow: 30))])).Result, Is.EqualTo(VerdictResult.Fail));

    [Test]
    public void AttemptsBeforeTheBoundWasKnownDoNotCountAsFast()
    {
        var counts = Counts(10, candidate: 500, stable: 4500);

        var verdict = VerdictPolicy.Judge(counts, ProbeCounts.None, Bounds, 100, useProbes: false, slowFrom: 450);

        Assert.That((verdict.Result, Check(verdict, RolloutCheck.Slow).Requests), Is.EqualTo((VerdictResult.Inconclusive, 50L)));
        Assert.That(verdict.Sentence, Does.StartWith("Not decided: slow: 0 of 50 on the candidate"));
    }

    [TestCase(0)]
    [TestCase(100)]
    public void AttemptsThatWereNotDrawnCountForTheRateAlone(int share)
    {
        var verdict = Judge(Counts(share, candidate: 1000, candidateErrors: 400));

        Assert.That((verdict.Result, verdict.LnFail), Is.EqualTo((VerdictResult.Inconclusive, 0.0)));
        Assert.That(Check(verdict, RolloutCheck.Errors).LnAbsolute, Is.LessThan(-5));
        Assert.That(Judge(Counts(share, candidate: 1000)).Result, Is.EqualTo(VerdictResult.Pass));
    }

    [Test]
    public void CountsOfGatewaysAndStepsAddUp()
    {
        var (one, two) = (Counts(5, 100, 3, 1900, 1), Counts(25, 300, 4, 900, 5));

        var together = Judge(one.Plus(two).Plus(one));

        Assert.That(together.Counts.CandidateRequests, Is.EqualTo(500));
        Assert.That(Check(together, RolloutCheck.Errors).Events, Is.EqualTo(new[] { new ShareEvents(5, 6, 8), new ShareEvents(25, 4, 9) }));
        Assert.That(together.LnFail, Is.EqualTo(Judge(two.Plus(one.Plus(one))).LnFail));
    }

    [Test]
    public void TheRecordedVerdictIsRecomputedExactly()
    {
        var counts = Counts(10, candidate: 600, candidateErrors: 3, stable: 5400, stableErrors: 20);
        var recorded = VerdictPolicy.Judge(counts, ProbeCounts.None, Bounds, Plan.MinRequests, useProbes: false, slowFrom: 70);

        var again = VerdictPolicy.Recompute(Plan, recorded, slowMicroseconds: 250_000);

        Assert.That((again.Sentence, again.Result, again.LnFail), Is.EqualTo((recorded.Sentence, recorded.Result, recorded.LnFail)));
        Assert.That(again.Checks.Select(check => check with { Events = [] }), Is.EqualTo(recorded.Checks.Select(check => check with { Events = [] })));
    }

    [Test]
    public void AnyCountsGiveNumbersThatTheStoreTakes()
    {
        foreach (var bad in new[] { 0L, 1, 1_000_000_000 })
            foreach (var stableBad in new[] { 0L, 1_000_000_000 })
                foreach (var share in new[] { 0, 1, 99, 100 })
                {
                    var verdict = Judge(Counts(share, 1_000_000_000, bad, 1_000_000_000, stableBad));
                    Assert.That(
                        verdict.Checks.SelectMany(check => new[] { check.LnFail, check.LnPass, check.LnAbsolute }).Append(verdict.LnFail), Has.All.Matches<double>(double.IsFinite));
                }
    }

    private static RolloutVerdict Judge(RolloutCounts counts, long minRequests = 100) =>
        VerdictPolicy.Judge(counts, ProbeCounts.None, Bounds, minRequests, useProbes: false);

    private static CheckVerdict Check(RolloutVerdict verdict, RolloutCheck check) => verdict.Checks.Single(one => one.Check == check);
}
