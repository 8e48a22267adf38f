using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;
using static Slipway.Registry.Tests.Rollouts.SampleRollouts;

namespace Slipway.Registry.Tests.Rollouts;

public sealed class RolloutPolicyTests
{
    private RolloutFixture _rollout = null!;

    [SetUp]
    public void SetUp() => _rollout = new();

    [Test]
    public void AGoodCandidateGoesThroughEveryStepAndIsPromoted()
    {
        _rollout.Look();
        _rollout.ShouldBe(TrafficPhase.Preparing, 0);
        _rollout.Look();
        _rollout.ShouldBe(TrafficPhase.Progressing, 1);
        foreach (var share in new[] { 5, 25, 50 })
        {
            _rollout.Pass();
            _rollout.ShouldBe(TrafficPhase.Progressing, share);
        }
        _rollout.Pass();
        _rollout.ShouldBe(TrafficPhase.Baking, 90);
        Assert.That(_rollout.State.Revision, Is.EqualTo(1), "reached at the end");
        _rollout.Pass();
        _rollout.ShouldBe(TrafficPhase.Promoted, 100, Color.Green);
        Assert.That(_rollout.State.Revision, Is.EqualTo(2));
        Assert.That(_rollout.State.Reason, Is.EqualTo("r2 is promoted: The candidate passes on 2,500 requests: errors, not-finite, slow pass."));
    }

    [Test]
    public void WaitsForAsManyServersAsTheCandidateNeeds()
    {
        _rollout.Needed = 2;

        _rollout.Look();
        _rollout.Look();

        _rollout.ShouldBe(TrafficPhase.Preparing, 0);
        Assert.That(_rollout.State.Reason, Is.EqualTo("r2 waits for 2 healthy green servers with what is rolled out (1 now)"));
        _rollout.Healthy = 2;
        _rollout.Look();
        _rollout.ShouldBe(TrafficPhase.Progressing, 1);
    }

    [Test]
    public void HoldsAStepForItsTime()
    {
        _rollout.In(TrafficPhase.Progressing);
        _rollout.Attempts(candidate: 1000, stable: 1000);

        _rollout.Look(29);
        _rollout.ShouldBe(TrafficPhase.Progressing, 1);
        _rollout.Look(30);
        _rollout.ShouldBe(TrafficPhase.Progressing, 5);
    }

    [Test]
    public void HoldsAStepUntilEnoughAttemptsAreCounted()
    {
        _rollout.In(TrafficPhase.Progressing);
        _rollout.Attempts(candidate: 99, stable: 9000);

        _rollout.Look(60);
        _rollout.ShouldBe(TrafficPhase.Progressing, 1);
        Assert.That(_rollout.State.Reason, Is.EqualTo("r2: green gets 1 % of requests (step 1 of 4) and waits for 100 first attempts on the candidate in this step"));
        _rollout.Attempts(candidate: 1);
        _rollout.Look(60);
        _rollout.ShouldBe(TrafficPhase.Progressing, 5);
    }

    [Test]
    public void AttemptsOfEarlierStepsDoNotCountForALaterOne()
    {
        _rollout.In(TrafficPhase.Progressing);
        _rollout.Attempts(candidate: 10_000, stable: 10_000);
        _rollout.Look(31);

        _rollout.Look(31);

        _rollout.ShouldBe(TrafficPhase.Progressing, 5);
    }

    [Test]
    public void GoldenAnswersReplaceMissingAttempts()
    {
        _rollout = new(Plan with { Probes = true });
        _rollout.In(TrafficPhase.Progressing);
        _rollout.Look(31);
        _rollout.ShouldBe(TrafficPhase.Progressing, 1);

        _rollout.Probes = new(CandidateSent: 500, StableSent: 500);
        foreach (var share in new[] { 5, 25, 50 })
        {
            _rollout.Look(31);
            _rollout.ShouldBe(TrafficPhase.Progressing, share);
        }
        _rollout.Look(31);
        _rollout.ShouldBe(TrafficPhase.Baking, 90);
        _rollout.Look(120);
        _rollout.ShouldBe(TrafficPhase.Promoted, 100, Color.Green);
        Assert.That(_rollout.State.Reason, Does.EndWith("(source=probe)."));
    }

    [Test]
    public void BakesOnlyACandidateThatPasses()
    {
        _rollout.In(TrafficPhase.Progressing);
        foreach (var _ in Plan.Steps)
        {
            // 1 % of errors on both colors: no check can pass yet, and none fails
            _rollout.Attempts(candidate: 100, candidateErrors: 1, stable: 100, stableErrors: 1);
            _rollout.Look(31);
        }

        _rollout.ShouldBe(TrafficPhase.Progressing, 50);
        Assert.That(_rollout.State.Reason, Does.EndWith("waits for the verdict pass"));
        _rollout.Attempts(candidate: 5000, stable: 5000);
        _rollout.Look(31);
        _rollout.ShouldBe(TrafficPhase.Baking, 90);
    }

    [Test]
    public void PromotesOnlyACandidateThatStillPasses()
    {
        _rollout.In(TrafficPhase.Baking);
        // 3 % of errors on both: the pass is lost
        _rollout.Attempts(candidate: 1000, candidateErrors: 30, stable: 111, stableErrors: 3);

        _rollout.Look(300);

        _rollout.ShouldBe(TrafficPhase.Baking, 90);
        Assert.That(_rollout.State.Rollout!.Verdict!.Result, Is.EqualTo(VerdictResult.Inconclusive));
    }

    [TestCase(TrafficPhase.Progressing)]
    [TestCase(TrafficPhase.Baking)]
    public void TakesTrafficBackFromACandidateThatFails(TrafficPhase phase)
    {
        _rollout.In(phase);
        _rollout.Attempts(candidate: 400, candidateErrors: 400, stable: 20);

        _rollout.Look();

        _rollout.ShouldBe(TrafficPhase.RolledBack, 0);
        Assert.That(_rollout.State.Revision, Is.EqualTo(2), "the request has been answered");
        Assert.That(_rollout.State.Reason, Does.StartWith("r2 is rolled back from ").And.Contain("The candidate fails").And.Contain("errors: 400 of "));
        Assert.That(_rollout.State.Rollout!.Verdict!.Result, Is.EqualTo(VerdictResult.Fail));
    }

    [TestCase(TrafficPhase.Progressing)]
    [TestCase(TrafficPhase.Baking)]
    public void TakesTrafficBackFromACandidateThatPredictsDifferentlyUnderShadow(TrafficPhase phase)
    {
        _rollout = new RolloutFixture(Plan with { Shadow = 100 }).In(phase);
        _rollout.Shadow = new(Compared: 1000, Disagreed: 10);
        _rollout.Look();
        Assert.That(_rollout.State.Phase, Is.EqualTo(phase), "as many as the plan accepts");

        _rollout.Shadow = new(Compared: 1000, Disagreed: 60);
        _rollout.Look();

        _rollout.ShouldBe(TrafficPhase.RolledBack, 0);
        Assert.That(_rollout.State.Reason, Does.Contain("disagreement: 60 of 1,000 shadow answers differ from stable's"));
    }

    [TestCase(TrafficPhase.Progressing, 1)]
    [TestCase(TrafficPhase.Baking, 90)]
    public void DoesNotRollBackToAnUnhealthyColor(TrafficPhase phase, int share)
    {
        _rollout.In(phase);
        _rollout.StableIsHealthy = false;
        _rollout.Attempts(candidate: 400, candidateErrors: 400, stable: 20);

        _rollout.Look();

        _rollout.ShouldBe(phase, share);
        Assert.That(_rollout.State.Reason, Is.EqualTo("r2 must end, but blue has no healthy server: traffic stays until it has one"));
        Assert.That(_rollout.Look(), Is.SameAs(_rollout.State));
        _rollout.StableIsHealthy = true;
        _rollout.Look();
        _rollout.ShouldBe(TrafficPhase.RolledBack, 0);
    }

    [Test]
    public void ACandidateThatHasFailedStaysFailed()
    {
        _rollout.In(TrafficPhase.Progressing);
        _rollout.StableIsHealthy = false;
        _rollout.Attempts(candidate: 400, candidateErrors: 12, stable: 20);
        _rollout.Look();
        _rollout.Attempts(candidate: 10_000, candidateErrors: 0, stable: 1000, stableErrors: 900);
        Assert.That(VerdictPolicy.Judge(_rollout.State.Rollout!, _rollout.Counts, ProbeCounts.None, ShadowCounts.None).Result, Is.Not.EqualTo(VerdictResult.Fail), "looked at afresh");

        _rollout.StableIsHealthy = true;
        _rollout.Look(1000);

        _rollout.ShouldBe(TrafficPhase.RolledBack, 0);
    }

    [TestCase(TrafficPhase.Progressing)]
    [TestCase(TrafficPhase.Baking)]
    public void TakesTrafficBackWhenTheCandidateLosesItsLastServer(TrafficPhase phase)
    {
        _rollout.In(phase);
        _rollout.Healthy = 0;

        _rollout.Look();

        _rollout.ShouldBe(TrafficPhase.RolledBack, 0);
        Assert.That(_rollout.State.Reason, Does.EndWith("its last healthy server was lost"));
    }

    [Test]
    public void StaysWhileNoColorIsHealthy()
    {
        _rollout.In(TrafficPhase.Baking);
        (_rollout.Healthy, _rollout.StableIsHealthy) = (0, false);

        _rollout.Look(1000);

        _rollout.ShouldBe(TrafficPhase.Baking, 90);
    }

    [TestCase(TrafficPhase.Progressing, 1)]
    [TestCase(TrafficPhase.Baking, 90)]
    public void GoesNoFurtherWithoutTheCandidatesServers(TrafficPhase phase, int share)
    {
        _rollout.Needed = _rollout.Healthy = 2;
        _rollout.In(phase);
        _rollout.Healthy = 1;

        _rollout.Pass();

        _rollout.ShouldBe(phase, share);
        Assert.That(_rollout.State.Reason, Does.EndWith("waits for 2 healthy green servers with what is rolled out (1 now)"));
    }

    [TestCase(TrafficPhase.Progressing, 1)]
    [TestCase(TrafficPhase.Baking, 90)]
    public void GoesNoFurtherWithoutAColorToCompareWith(TrafficPhase phase, int share)
    {
        _rollout.In(phase);
        _rollout.StableIsHealthy = false;

        _rollout.Pass();

        _rollout.ShouldBe(phase, share);
    }

    [Test]
    public void HaltsAtTheDeadlineAndNeverPromotes()
    {
        _rollout.In(TrafficPhase.Progressing);

        _rollout.Look(30 * 60 - 1);
        _rollout.ShouldBe(TrafficPhase.Progressing, 1);
        _rollout.Look(30 * 60);
        _rollout.ShouldBe(TrafficPhase.Halted, 0);
        Assert.That(_rollout.State.Revision, Is.EqualTo(2));
        Assert.That(_rollout.State.Reason, Is.EqualTo(
            "r2 is halted at 1 %: it was not promoted within 30 min. Not decided: no request on the candidate has been counted, and no data is never a pass. Promote it, or deploy again."));
    }

    [Test]
    public void HaltsAtTheDeadlineEvenWithAPass()
    {
        _rollout.In(TrafficPhase.Baking);
        _rollout.Attempts(candidate: 5000, stable: 500);

        _rollout.Look(30 * 60);

        _rollout.ShouldBe(TrafficPhase.Halted, 0);
    }

    [Test]
    public void TheTimeIsTheClocksOfTheHolders()
    {
        _rollout.In(TrafficPhase.Progressing);
        _rollout.Attempts(candidate: 200);

        // each look writes; a jump back counts as nothing
        foreach (var seconds in new[] { 10, 10, -500, 9 })
            _rollout.LookAndWrite(seconds);
        _rollout.ShouldBe(TrafficPhase.Progressing, 1);
        _rollout.LookAndWrite(1);
        _rollout.ShouldBe(TrafficPhase.Progressing, 5);
        Assert.That(_rollout.State.Rollout!.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(_rollout.State.Rollout!.StepElapsed, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void ReturnsTheSameStateWhileNothingButTimeAndCountsChange()
    {
        _rollout.In(TrafficPhase.Progressing);
        var state = _rollout.State;

        for (var i = 0; i < 10; i++)
        {
            _rollout.Attempts(candidate: 3, stable: 200, stableErrors: 1);
            Assert.That(_rollout.Look(i), Is.SameAs(state));
        }

        var refreshed = RolloutPolicy.Refreshed(state, _rollout.Conditions(TimeSpan.FromSeconds(7)));
        Assert.That(refreshed.Rollout!.Verdict!.Counts.CandidateRequests, Is.EqualTo(30));
        Assert.That((refreshed.Rollout.Elapsed, refreshed.Phase, refreshed.Reason), Is.EqualTo((TimeSpan.FromSeconds(7), state.Phase, state.Reason)));
    }

    [Test]
    public void FreezesTwiceStablesP99WhenItIsKnown()
    {
        _rollout.StableP99 = null;
        _rollout.In(TrafficPhase.Progressing);
        _rollout.Attempts(candidate: 60);
        _rollout.LookAndWrite(10);
        Assert.That(_rollout.State.Rollout!.SlowMicroseconds, Is.Null);

        _rollout.StableP99 = 80_000;
        _rollout.Look();
        _rollout.StableP99 = 900_000;
        _rollout.Look();

        Assert.That((_rollout.State.Rollout!.SlowMicroseconds, _rollout.State.Rollout.SlowFrom), Is.EqualTo((160_000L, 60L)));
    }

    [Test]
    public void UsesTheBoundOfThePlanInstead()
    {
        _rollout = new(Plan with { Bounds = new(SlowMilliseconds: 50) });
        _rollout.In(TrafficPhase.Progressing);
        _rollout.Attempts(candidate: 50);
        _rollout.Look(10);

        Assert.That((_rollout.State.Rollout!.SlowMicroseconds, _rollout.State.Rollout.SlowFrom), Is.EqualTo((50_000L, 50L)));
        Assert.That(_rollout.State.Rollout.Verdict!.Checks, Has.Count.EqualTo(3));
    }

    [TestCase(9.9, 50, 0, false)]
    [TestCase(10, 49, 0, false)]
    [TestCase(10, 50, 0, true)]
    [TestCase(10, 10, 40, true)]
    public void NothingIsSlowBeforeTheCandidateHasWarmedUp(double seconds, int requests, int probes, bool isWarm)
    {
        _rollout.In(TrafficPhase.Progressing);
        _rollout.Attempts(requests);
        _rollout.Probes = new(CandidateSent: probes, StableSent: probes);
        _rollout.Look(seconds);
        Assert.That(_rollout.State.Rollout!.SlowMicroseconds is not null, Is.EqualTo(isWarm));
    }

    [Test]
    public void EachServerWarmsUpUnlessTheStepNeedsLess()
    {
        _rollout = new(Plan with { Servers = 3, MinRequests = 1000, Hold = TimeSpan.FromSeconds(4) }) { Healthy = 3, Needed = 3 };
        _rollout.In(TrafficPhase.Progressing);
        _rollout.Attempts(149);
        _rollout.LookAndWrite(2);
        Assert.That(_rollout.State.Rollout!.SlowMicroseconds, Is.Null);
        _rollout.Attempts(1);
        _rollout.Look();
        Assert.That(_rollout.State.Rollout!.SlowMicroseconds, Is.Not.Null, "half of the step has passed");
    }

    [Test]
    public void WithoutAStableServerTheCandidateGetsAllRequestsAndBakesWithoutBeingLive()
    {
        _rollout.StableIsHealthy = false;
        _rollout.Look();
        _rollout.ShouldBe(TrafficPhase.Preparing, 0);
        _rollout.Look();
        _rollout.ShouldBe(TrafficPhase.Baking, 100);
        Assert.That(_rollout.State.Reason, Is.EqualTo("r2 is not judged: blue has no healthy server, so green got all requests at once; it bakes for 2 min"));
        Assert.That(_rollout.Look(119), Is.SameAs(_rollout.State));
    }

    [Test]
    public void WhenStableIsBackInThatBakeTheRolloutBeginsWithItsFirstStep()
    {
        _rollout.StableIsHealthy = false;
        _rollout.Look();
        _rollout.Look();
        _rollout.Attempts(candidate: 500);
        _rollout.LookAndWrite(100);
        _rollout.StableIsHealthy = true;
        _rollout.Look(30);
        _rollout.ShouldBe(TrafficPhase.Preparing, 0);
        _rollout.Look();
        _rollout.ShouldBe(TrafficPhase.Progressing, 1);
        Assert.That((_rollout.State.Rollout!.Step, _rollout.State.Rollout.Elapsed, _rollout.State.Rollout.StepRequests), Is.EqualTo((0, TimeSpan.Zero, 500)));
    }

    [TestCase(0, 0, "green got fewer than 100 requests, and nothing judged them")]
    [TestCase(500, 0, "pass")]
    [TestCase(500, 100, null)]
    public void ThatBakeEndsWithAPromotionThatSaysThatNobodyCompared(int requests, int errors, string? said)
    {
        (_rollout.StableIsHealthy, _rollout.StableP99) = (false, null);
        _rollout.Look();
        _rollout.Look();
        _rollout.Attempts(requests, errors);
        _rollout.Look(121);
        if (said is null)
            _rollout.ShouldBe(TrafficPhase.Baking, 100);
        else
            _rollout.ShouldBe(TrafficPhase.Promoted, 100, Color.Green);
        Assert.That(_rollout.State.Reason, said is null ? Does.Contain("is not judged").And.Contain("fewer bad answers") : Does.Contain("promoted without a comparison").And.Contain(said));
    }

    [Test]
    public void AModelsRolloutWaitsForAStableServerInstead()
    {
        _rollout = new(ModelPlan) { StableIsHealthy = false };
        _rollout.Look();
        _rollout.Look();
        _rollout.ShouldBe(TrafficPhase.Preparing, 0);
    }

    [Test]
    public void WaitsForApprovalsWhereThePlanSaysSo()
    {
        _rollout = new(Plan with { Steps = [new(1, Approval: true), new(5), new(25, Approval: true)], Bake = new(90, Approval: true) });
        _rollout.Look();
        _rollout.Look();
        _rollout.ShouldBe(TrafficPhase.Preparing, 0);
        Assert.That(_rollout.State.Reason, Is.EqualTo("r2 waits for the approval of step 1 (1 %)"));

        Approve(0);
        _rollout.ShouldBe(TrafficPhase.Progressing, 1);
        _rollout.Pass();
        _rollout.ShouldBe(TrafficPhase.Progressing, 5);
        _rollout.Pass();
        _rollout.ShouldBe(TrafficPhase.Progressing, 5);
        Assert.That(_rollout.State.Reason, Does.EndWith("waits for the approval of step 3 (25 %)"));
        Approve(2, revision: 3);
        _rollout.Pass();
        _rollout.Pass();
        _rollout.ShouldBe(TrafficPhase.Progressing, 25);
        Assert.That(_rollout.State.Reason, Does.EndWith("waits for the approval of the bake (90 %)"));
        Approve(3, revision: 3);
        _rollout.Pass();
        _rollout.Pass();
        _rollout.ShouldBe(TrafficPhase.Promoted, 100, Color.Green);
        Assert.That(_rollout.State.Revision, Is.EqualTo(3));

        void Approve(int step, int revision = 2)
        {
            _rollout.Desired = _rollout.Desired! with { ApprovedStep = step, Revision = revision };
            _rollout.Look();
        }
    }

    [Test]
    public void AnotherPlanRestartsTheChecks()
    {
        _rollout.In(TrafficPhase.Baking);

        _rollout.Desired = Desired(Plan with { Id = "r3", Digest = "sha256:3333" }, revision: 3);
        _rollout.Look();

        _rollout.ShouldBe(TrafficPhase.Preparing, 0);
        Assert.That(_rollout.State.Rollout!.Plan.Id, Is.EqualTo("r3"));
        Assert.That((_rollout.State.Rollout.Verdict, _rollout.State.Rollout.Elapsed, _rollout.State.Rollout.StepRequests), Is.EqualTo(((RolloutVerdict?)null, TimeSpan.Zero, 0L)));
    }

    [Test]
    public void AnotherPlanWaitsWhileStableCannotTakeTrafficBack()
    {
        _rollout.In(TrafficPhase.Baking).StableIsHealthy = false;

        _rollout.Desired = Desired(Plan with { Id = "r3" }, revision: 3);
        _rollout.Look();

        _rollout.ShouldBe(TrafficPhase.Baking, 90);
        Assert.That(_rollout.State.Reason, Is.EqualTo("revision 3 waits for a healthy blue server that takes the traffic back"));
    }

    [Test]
    public void APlanThatCannotBeFollowedMovesNothing()
    {
        _rollout.Desired = Desired(Plan with { Steps = [new(50), new(5)] });

        _rollout.Look();

        Assert.That((_rollout.State.Phase, _rollout.State.Split, _rollout.State.Revision), Is.EqualTo((OnBlue.Phase, OnBlue.Split, 1)));
        Assert.That(_rollout.State.Reason, Does.StartWith("revision 2 has a plan that cannot be followed: 'steps[1].share' is 5"));
        Assert.That(_rollout.Look(), Is.SameAs(_rollout.State));
    }

    [Test]
    public void APlanThatCannotBeFollowedEndsARunningRollout()
    {
        _rollout.In(TrafficPhase.Progressing);
        _rollout.Desired = Desired(Plan with { Id = "r3", Steps = [] }, revision: 3);

        _rollout.Look();
        Assert.That((_rollout.State.Phase, _rollout.State.Split), Is.EqualTo((TrafficPhase.Idle, TrafficSplit.All(Color.Blue))));
        _rollout.Look();
        Assert.That(_rollout.State.Reason, Does.StartWith("revision 3 has a plan that cannot be followed"));
    }

    [Test]
    public void ARequestWithoutAPlanIsNotItsBusiness()
    {
        foreach (var action in new[] { TrafficAction.Deploy, TrafficAction.Rollback, TrafficAction.Promote })
        {
            Assert.That(RolloutPolicy.Governs(OnBlue, Desired(plan: null, action: action)), Is.False);
            Assert.That(RolloutPolicy.Next(OnBlue, Desired(plan: null, action: action), _rollout.Conditions()), Is.SameAs(OnBlue));
        }
        Assert.That(RolloutPolicy.Governs(OnBlue, Desired(Plan, color: Color.Blue)), Is.False, "all traffic is there already");
        Assert.That(RolloutPolicy.Governs(OnBlue, null), Is.False);
        Assert.That(RolloutPolicy.Governs(OnBlue, Desired(Plan, revision: 1)), Is.False, "reached");
    }

    [Test]
    public void ADeploymentWithoutAPlanEndsTheRolloutFirst()
    {
        _rollout.In(TrafficPhase.Baking).Desired = Desired(plan: null, revision: 3, color: Color.Blue);

        _rollout.Look();

        _rollout.ShouldBe(TrafficPhase.Idle, 0);
        Assert.That(RolloutPolicy.Governs(_rollout.State, _rollout.Desired), Is.False);
    }

    [Test]
    public void ALaterPhaseIsLeftAlone()
    {
        var later = OnBlue with { Phase = TrafficPhase.Unknown, Split = new(70, 30) };

        Assert.That(RolloutPolicy.Next(later, _rollout.Desired, _rollout.Conditions()), Is.SameAs(later));
    }

    [Test]
    public void AModelsRolloutMovesItsRequestsAlone()
    {
        _rollout = new(ModelPlan);
        _rollout.In(TrafficPhase.Baking).ShouldBe(TrafficPhase.Baking, 90);
        Assert.That(_rollout.State.SplitOf("pumps"), Is.EqualTo(new TrafficSplit(10, 90)));
        Assert.That(_rollout.State.SplitOf("other"), Is.EqualTo(TrafficSplit.All(Color.Blue)));
        Assert.That(_rollout.State.Reason, Does.StartWith("r3: green gets 90 % of the requests of pumps (bake)"));

        _rollout.Pass();

        _rollout.ShouldBe(TrafficPhase.Promoted, 100, Color.Blue);
        Assert.That(_rollout.State.SplitOf("pumps"), Is.EqualTo(TrafficSplit.All(Color.Green)));
    }

    [Test]
    public void AModelsRolloutThatFailsLeavesNothingOnTheCandidate()
    {
        _rollout = new(ModelPlan);
        _rollout.In(TrafficPhase.RolledBack).ShouldBe(TrafficPhase.RolledBack, 0);

        Assert.That(_rollout.State.SplitOf("pumps"), Is.EqualTo(TrafficSplit.All(Color.Blue)));
    }

    [Test]
    public void NamesTheColorWhoseServersItNeedsToKnow()
    {
        Assert.That(RolloutPolicy.CandidateOf(OnBlue, Desired(Plan)), Is.EqualTo(Color.Green));
        Assert.That(RolloutPolicy.CandidateOf(OnBlue, Desired(plan: null)), Is.Null);
        Assert.That(RolloutPolicy.CandidateOf(_rollout.In(TrafficPhase.Progressing).State, Desired(null, 3, TrafficAction.Rollback, Color.Blue)), Is.EqualTo(Color.Green));
        Assert.That(RolloutPolicy.CandidateOf(_rollout.In(TrafficPhase.Halted).State, _rollout.Desired), Is.Null);
    }
}
