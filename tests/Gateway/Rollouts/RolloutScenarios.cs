using System.Text;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Rollouts;

/// <summary>A rollout from the request to its end, in a real gateway before real servers.</summary>
public class RolloutScenarios
{
    private RolloutRun _run = null!;
    private GatewayFixture _gateway = null!;

    [SetUp]
    public async Task SetUp() => _gateway = (_run = await RolloutRun.StartAsync()).Gateway;

    [TearDown]
    public async Task TearDown() => await _run.DisposeAsync();

    [Test]
    public async Task AGoodCandidateTakesOverStepByStep()
    {
        var changes = _run.Changes();
        await _run.AskAsync();
        await _gateway.TickAsync();
        await _run.ShouldBeAsync(TrafficPhase.Preparing, step: -1, share: 0);
        await _gateway.TickAsync();
        await _run.ShouldBeAsync(TrafficPhase.Progressing, step: 0, share: 10);
        await _run.PassStepAsync();
        await _run.ShouldBeAsync(TrafficPhase.Progressing, step: 1, share: 50);
        await _run.PassStepAsync(60);
        await _run.ShouldBeAsync(TrafficPhase.Baking, step: 2, share: 90);
        Assert.That((await _run.StateAsync()).Live, Is.EqualTo(Color.Blue), "safe until the bake has ended");
        await _run.PassStepAsync();
        await _gateway.ShouldBeAsync("Promoted Green blue=0 green=100");

        var events = (await _run.RecordAsync()).Events;
        Assert.That(events.Select(happened => (happened.Phase, happened.Share)), Is.EqualTo(new[]
        {
            (TrafficPhase.Preparing, 0), (TrafficPhase.Progressing, 10), (TrafficPhase.Progressing, 50), (TrafficPhase.Baking, 90), (TrafficPhase.Promoted, 100),
        }));
        Assert.That(events[^1].Verdict!.Result, Is.EqualTo(VerdictResult.Pass));
        Assert.That(events[^1].Verdict!.Counts.CandidateRequests, Is.EqualTo(100));
        Assert.That(changes.Values.OrderBy(change => change.Number).Select(change => (change.Before, change.Phase, change.Rollout)), Is.EqualTo(new[]
        {
            (TrafficPhase.Idle, TrafficPhase.Preparing, "r1"), (TrafficPhase.Preparing, TrafficPhase.Progressing, "r1"),
            (TrafficPhase.Progressing, TrafficPhase.Baking, "r1"), (TrafficPhase.Baking, TrafficPhase.Promoted, "r1"),
        }));
    }

    [TestCase(Behavior.Fail, "Errors")]
    [TestCase(Behavior.Abort, "Failed")]
    [TestCase(Behavior.NotFinite, "NotFinite")]
    public async Task ABadCandidateLosesItsTrafficAtTheNextTick(Behavior behavior, string outcome)
    {
        await _run.BeginAsync();
        var changes = _run.Changes();
        await _run.SendAsync(Color.Blue, 5);
        _run.Green.Behavior = behavior;
        await _run.SendAsync(Color.Green, 4);
        await _gateway.ProbeAsync();
        await _run.SendAsync(Color.Green, 4);
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("RolledBack Blue blue=100 green=0");
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("blue"));

        var ended = (await _run.RecordAsync()).Events[^1];
        Assert.That((ended.Phase, ended.Verdict!.Result), Is.EqualTo((TrafficPhase.RolledBack, VerdictResult.Fail)));
        Assert.That(ended.Deciding.Select(attempt => (attempt.Outcome, attempt.Share, attempt.Replica)), Has.All.EqualTo((outcome, 10, _run.Green.Replica)));
        Assert.That(ended.Deciding, Has.Count.EqualTo(ended.Verdict.Counts.CandidateRequests));
        var change = changes.Values.MaxBy(change => change.Number)!;
        Assert.That((change.Phase, change.Rollout, change.Split, change.Verdict), Is.EqualTo((TrafficPhase.RolledBack, "r1", TrafficSplit.All(Color.Blue), ended.Verdict.Sentence)));
    }

    [Test]
    public async Task TheMovementItselfLosesNoRequest()
    {
        await _run.AskAsync(Plans.Plan() with { Hold = TimeSpan.Zero, BakeTime = TimeSpan.Zero });
        await using var load = new Load(_gateway.Public.BaseAddress!, callers: 8);
        for (var tick = 0; tick < 200 && (await _run.StateAsync()).Phase != TrafficPhase.Promoted; tick++)
        {
            await _gateway.TickAsync();
            await load.PassAsync(5);
        }
        await _gateway.ShouldBeAsync("Promoted Green blue=0 green=100");
        await load.PassAsync(5);
        Assert.That(load.Lost, Is.Empty);
        Assert.That((await _run.RecordAsync()).Events.Select(happened => happened.Share), Is.EqualTo(new[] { 0, 10, 50, 90, 100 }));
    }

    [Test]
    public async Task AnIncidentOnBothColorsTakesNothingBack()
    {
        await _run.BeginAsync();
        (_run.Blue.Behavior, _run.Green.Behavior) = (Behavior.Fail, Behavior.Fail);
        await _run.SendAsync(Color.Blue, 45);
        await _run.SendAsync(Color.Green, 5);
        _gateway.Time.Advance(TimeSpan.FromSeconds(2));
        await _gateway.TickAsync();
        await _run.ShouldBeAsync(TrafficPhase.Progressing, step: 0);
    }

    [Test]
    public async Task WithoutRequestsItIsHaltedAndNeverPromoted()
    {
        await _run.BeginAsync();
        for (var i = 0; i < 10; i++)
        {
            _gateway.Time.Advance(TimeSpan.FromMinutes(1.1));
            await _gateway.TickAsync();
            Assert.That((await _run.StateAsync()).Live, Is.EqualTo(Color.Blue));
        }
        await _gateway.ShouldBeAsync("Halted Blue blue=100 green=0");
    }

    [Test]
    public async Task ACandidateThatLosesItsLastServerIsTakenBack()
    {
        await _run.BeginAsync();
        _run.Green.IsReady = false;
        await _gateway.ProbeAsync();
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("RolledBack Blue blue=100 green=0");
    }

    [Test]
    public async Task ThePromotionNeedsAsManyServersAsTheColorIsMeantToHave()
    {
        await _run.AskAsync(Plans.Plan(servers: 2));
        await _gateway.TickAsync();
        await _gateway.TickAsync();
        await _run.ShouldBeAsync(TrafficPhase.Preparing, share: 0);
        var second = await _gateway.StartServerAsync(Color.Green, "r2");
        await _gateway.TickAsync();
        await _run.ShouldBeAsync(TrafficPhase.Progressing);

        await _run.PassStepAsync(60);
        await _run.PassStepAsync(30);
        await _run.ShouldBeAsync(TrafficPhase.Baking);
        second.IsReady = false;
        await _gateway.ProbeAsync();
        await _run.PassStepAsync();
        await _run.ShouldBeAsync(TrafficPhase.Baking);
        second.IsReady = true;
        await _gateway.ProbeAsync();
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("Promoted Green blue=0 green=100");
    }

    [Test]
    public async Task ARequestedRollbackActsAtOnce()
    {
        await _run.BeginAsync();
        await _run.AskAsync(action: TrafficAction.Rollback, color: Color.Blue, release: null, revision: 2);
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("RolledBack Blue blue=100 green=0");
        Assert.That((await _run.StateAsync()).Revision, Is.EqualTo(2));
    }

    [Test]
    public async Task ARequestedPromotionDoesNotWait()
    {
        await _run.BeginAsync();
        await _run.AskAsync(action: TrafficAction.Promote, revision: 2);
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("Promoted Green blue=0 green=100");
    }

    [Test]
    public async Task ARequestThatIsWithdrawnTakesTrafficBack()
    {
        await _run.BeginAsync();
        await _gateway.Store.DeleteAsync(StoreKeys.DesiredTraffic("main"), default);
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("Idle Blue blue=100 green=0");
        Assert.That((await _run.RecordAsync()).Events[^1].Phase, Is.EqualTo(TrafficPhase.Idle));
    }

    [Test]
    public async Task AnUnreadableRequestStopsNoRollout()
    {
        await _run.BeginAsync();
        await _gateway.Store.PutAsync(StoreKeys.DesiredTraffic("main"), new MemoryStream("{"u8.ToArray()), PutCondition.None, default);
        await _gateway.RestartAsync();
        await _gateway.TickAsync();
        await _run.ShouldBeAsync(TrafficPhase.Progressing, step: 0, share: 10);
    }

    [Test]
    public async Task AnotherCandidateInheritsNothing()
    {
        await _run.BeginAsync();
        _run.Green.Behavior = Behavior.Fail;
        await _run.SendAsync(Color.Green, 2);
        _run.Green.Behavior = Behavior.Answer;
        await _run.AskAsync(Plans.Plan("r2"), revision: 2);
        await _gateway.TickAsync();
        await _gateway.TickAsync();
        await _run.ShouldBeAsync(TrafficPhase.Progressing, step: 0);
        await _run.SendAsync(Color.Green, 1);
        _gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await _gateway.TickAsync();
        var counts = (await _run.StateAsync()).Rollout!.Verdict!.Counts;
        Assert.That(counts.Shares.Single(share => share.Share == 10).Candidate, Is.EqualTo(new ArmCounts(Answered: 1)));
    }

    [Test]
    public async Task APlanThatCannotBeFollowedMovesNothingAndTheReasonSaysWhy()
    {
        await _run.AskAsync(Plans.Plan(steps: [new(50), new(10)]));
        await _gateway.TickAsync();
        Assert.That((await _run.StateAsync()).Reason, Does.Contain("steps[1].share").And.Contain("shares rise"));
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("blue"));
    }

    [Test]
    public async Task AColorThatDoesNotExistMovesNothingAndTheStatusSaysWhy()
    {
        await _run.AskAsync();
        var text = Encoding.UTF8.GetString(await ReadAsync(StoreKeys.DesiredTraffic("main"))).Replace("\"green\"", "\"purple\"", StringComparison.Ordinal);
        Assert.That(text, Does.Contain("purple"));
        await _gateway.Store.PutAsync(StoreKeys.DesiredTraffic("main"), new MemoryStream(Encoding.UTF8.GetBytes(text)), PutCondition.None, default);
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("Idle Blue blue=100 green=0");
        Assert.That((await _gateway.StatusAsync()).Problem, Does.Contain("desired.json").And.Contain("color"));

        await _run.AskAsync();
        await _gateway.TickAsync();
        await _run.ShouldBeAsync(TrafficPhase.Preparing, share: 0);
        Assert.That((await _gateway.StatusAsync()).Problem, Is.Null);
    }

    [Test]
    public async Task AReleaseThatNoServerRunsIsWaitedFor()
    {
        await _run.AskAsync(release: "r9");
        await _gateway.TickAsync();
        await _gateway.TickAsync();
        await _run.ShouldBeAsync(TrafficPhase.Preparing, share: 0);
        Assert.That((await _run.StateAsync()).Reason, Does.Contain("green"));
    }

    [Test]
    public async Task AModelsRolloutLeavesAllOtherRequestsAlone()
    {
        await _run.PublishAsync(_run.Green, "r1", "m", version: 1);
        await _run.AskAsync(Plans.Plan(model: "m"), release: null);
        await _gateway.TickAsync();
        await _gateway.TickAsync();
        await _run.ShouldBeAsync(TrafficPhase.Preparing, share: 0);
        await _run.PublishAsync(_run.Green, "r1", "m", version: 2);
        await _gateway.TickAsync();
        await _run.ShouldBeAsync(TrafficPhase.Progressing, step: 0, share: 10);
        await _run.SendAsync(Color.Green, 30, path: "/v2/models/other/infer");
        Assert.That(_run.Green.Requests, Is.Empty);
        await _run.PassStepAsync();
        await _run.PassStepAsync(60);
        await _run.PassStepAsync();
        await _gateway.ShouldBeAsync("Promoted Blue blue=100 green=0");
        Assert.That((await _gateway.PredictAsync(), await _gateway.PredictAsync(path: "/v2/models/other/infer")), Is.EqualTo(("green", "blue")));

        await _gateway.RestartAsync();
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("green"), "until the other color has the version as well");
        await _gateway.AskForAsync(new DesiredTraffic(2, Color.Green, TrafficAction.Deploy, null, "test", "a release", default));
        await _gateway.TickAsync();
        await _gateway.AskForAsync(new DesiredTraffic(3, Color.Blue, TrafficAction.Deploy, null, "test", "a release", default));
        await _gateway.TickAsync();
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("blue"), "a release takes all models along");
    }

    [Test]
    public async Task WithoutAStableServerAllRequestsMoveAtOnceAndEverybodyIsTold()
    {
        var changes = _run.Changes();
        _run.Blue.IsReady = false;
        await _run.AskAsync();
        await _gateway.TickAsync();
        await _gateway.ProbeAsync();
        await _gateway.TickAsync();
        await _gateway.TickAsync();
        await _run.ShouldBeAsync(TrafficPhase.Baking, step: 2, share: 100);
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("green"));
        const string Loud = "r1 is not judged: blue has no healthy server";
        Assert.That((await _run.StateAsync()).Reason, Does.StartWith(Loud));
        Assert.That((await _run.RecordAsync()).Events[^1].Reason, Does.StartWith(Loud));
        Assert.That(changes.Values.OrderBy(change => change.Number).Last().Reason, Does.StartWith(Loud));

        _run.Blue.IsReady = true;
        await _gateway.ProbeAsync();
        await _gateway.TickAsync();
        await _gateway.TickAsync();
        await _run.ShouldBeAsync(TrafficPhase.Progressing, step: 0, share: 10);
        Assert.That((await _run.RecordAsync()).Events.Select(happened => (happened.Phase, happened.Share)), Is.EqualTo(new[]
        {
            (TrafficPhase.Baking, 100), (TrafficPhase.Preparing, 0), (TrafficPhase.Progressing, 10),
        }));
    }

    [Test]
    public async Task TheStatusShowsTheRollout()
    {
        await _run.BeginAsync();
        await _run.SendAsync(Color.Green, 3);
        _gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await _gateway.TickAsync();
        var rollout = (await _run.StateAsync()).Rollout!;
        Assert.That((rollout.Plan.Id, rollout.Share, rollout.StepElapsed), Is.EqualTo(("r1", 10, TimeSpan.FromSeconds(1))));
        Assert.That(rollout.Verdict!.Counts.CandidateRequests, Is.EqualTo(3));
        Assert.That(rollout.Verdict.Sentence, Is.Not.Empty);

        var metrics = await _gateway.Private.GetStringAsync("/metrics");
        Assert.That(metrics, Does.Match("slipway_gateway_phase\\{.*phase=\"progressing\".*\\} 1").And.Match("slipway_gateway_phase\\{.*phase=\"rolled-back\".*\\} 0"));
        Assert.That(metrics, Does.Match("slipway_gateway_rollout_share[^{]*\\{.*color=\"green\".*\\} 10"));
        Assert.That(metrics, Does.Match("slipway_gateway_rollout_ln_e\\{.*against=\"bad\",check=\"not-finite\".*\\} -?[0-9]"));
    }

    private async Task<byte[]> ReadAsync(string key)
    {
        await using var found = (await _gateway.Store.GetAsync(key, null, default))!;
        var bytes = new MemoryStream();
        await found.Content.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
