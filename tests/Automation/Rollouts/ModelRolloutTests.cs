using Slipway.Automation.Jobs;
using Slipway.Automation.Rollouts;
using Slipway.Automation.Traffic;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Automation.Tests.Rollouts;

/// <summary>A model with <c>"delivery": "rollout"</c>, from the training job to both channels.</summary>
public sealed class ModelRolloutTests
{
    private static readonly RolloutPlan Plan = new(
        "", null, null, "", [new(25)], TimeSpan.FromSeconds(1), 10, new(90), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), new());

    private TrainingFixture _fixture = null!;
    private DesiredTrafficStore _traffic = null!;
    private string _onnx = "";

    [SetUp]
    public async Task PublishTheFirst()
    {
        _fixture = new() { Delivery = "rollout" };
        _traffic = new(_fixture.Store, "main", _fixture.Time);
        await _traffic.RequestAsync(Color.Blue, TrafficAction.Deploy, "release-1", "ann", "first", default);
        await TrainAsync(1);
        await ReachAsync(1, TrafficPhase.Promoted, rollout: null);
    }

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task FirstVersionGoesToBothColorsBecauseThereIsNothingToCompareItWith()
    {
        Assert.That(await _fixture.Live(), Is.EqualTo((1, 1)));
        Assert.That((await _traffic.ReadAsync(default))!.Plan, Is.Null);
    }

    [Test]
    public async Task NextVersionGoesToTheIdleColorAndIsRolledOut()
    {
        Assert.That((await TrainAsync(2)).Result, Is.EqualTo(TrainingResult.Registered));

        Assert.That(await _fixture.Live(), Is.EqualTo((1, 2)));
        var asked = (await _traffic.ReadAsync(default))!;
        Assert.That((asked.Color, asked.Release, asked.Plan!.Id, asked.Plan.Model, asked.Plan.Version, asked.Plan.Digest),
            Is.EqualTo((Color.Green, (string?)null, "r2", TrainingFixture.Model, 2, _onnx)));
    }

    [Test]
    public async Task ModelThatIsSwappedGoesToBothColors()
    {
        _fixture.Delivery = "swap";
        await TrainAsync(2);

        Assert.That(await _fixture.Live(), Is.EqualTo((2, 2)));
        Assert.That((await _traffic.ReadAsync(default))!.Revision, Is.EqualTo(1));
    }

    [Test]
    public async Task OtherChannelFollowsAPromotionAndTheTrafficBeforeIsRequestedAgain()
    {
        await TrainAsync(2);
        await ReachAsync(2, TrafficPhase.Promoted, await RolloutAsync());
        var waited = 0;
        var done = await Completion().CompleteAsync((_, _, _) => Task.FromResult(waited++), default);

        Assert.That((done, waited), Is.EqualTo(("Both colors serve 'pumps' version 2.", 1)));
        Assert.That(await _fixture.Live(), Is.EqualTo((2, 2)));
        Assert.That(await LastAsync(), Has.Property("By").EqualTo("rollout r2").And.Property("Action").EqualTo(HistoryAction.Publish));
        var asked = (await _traffic.ReadAsync(default))!;
        Assert.That((asked.Revision, asked.Color, asked.Release, asked.Plan), Is.EqualTo((3, Color.Blue, "release-1", (RolloutPlan?)null)));
    }

    [Test]
    public async Task VersionThatFailedIsBlocked()
    {
        await TrainAsync(2);
        await ReachAsync(2, TrafficPhase.RolledBack, await RolloutAsync());
        await Completion().CompleteAsync(serving: null, default);

        Assert.That(await _fixture.Live(), Is.EqualTo((1, 1)));
        var last = await LastAsync();
        Assert.That((last.Action, last.By, last.Reason), Is.EqualTo((HistoryAction.Rollback, "rollout r2", "because")));
        Assert.That((last.From, last.To), Is.EqualTo(((int?)2, 1)), "what people read is where the candidate came from");
        Assert.That(last.Blocked, Is.EqualTo(new[] { _onnx }));
    }

    [Test]
    public async Task VersionThatFailedIsNotPublishedAgainByItself()
    {
        await VersionThatFailedIsBlocked();
        _fixture.Commit = new('d', 40);

        Assert.That((await TrainAsync(2)).Result, Is.EqualTo(TrainingResult.Refused));
    }

    [TestCase(TrafficPhase.Promoted), TestCase(TrafficPhase.RolledBack)]
    public async Task CompletionIsSafeToRepeat(TrafficPhase phase)
    {
        await TrainAsync(2);
        await ReachAsync(2, phase, await RolloutAsync());
        await Completion().CompleteAsync(serving: null, default);
        var before = (await _fixture.Live(), (await LastAsync()).Number, (await _traffic.ReadAsync(default))!.Revision);

        Assert.That(await Completion().CompleteAsync(serving: null, default), Is.Null);
        Assert.That((await _fixture.Live(), (await LastAsync()).Number, (await _traffic.ReadAsync(default))!.Revision), Is.EqualTo(before));
    }

    [TestCase(TrafficPhase.Promoted), TestCase(TrafficPhase.RolledBack)]
    public async Task WhatSomebodyHasMovedSinceStands(TrafficPhase phase)
    {
        await TrainAsync(2);
        await ReachAsync(2, phase, await RolloutAsync());
        await _fixture.InsistsOn(phase == TrafficPhase.Promoted ? 1 : 2);
        var there = await _fixture.Live();
        await Completion().CompleteAsync(serving: null, default);

        Assert.That(await _fixture.Live(), Is.EqualTo(there));
    }

    [TestCase(TrafficPhase.Progressing), TestCase(TrafficPhase.Halted)]
    public async Task NothingIsDecidedWhileNobodyHasDecided(TrafficPhase phase)
    {
        await TrainAsync(2);
        await ReachAsync(phase == TrafficPhase.Halted ? 2 : 1, phase, await RolloutAsync());

        Assert.That(await Completion().CompleteAsync(serving: null, default), Is.Null);
        Assert.That(await _fixture.Live(), Is.EqualTo((1, 2)));
    }

    private static readonly string[] Writes = [StoreKeys.History(TrainingFixture.Model), StoreKeys.Channels(TrainingFixture.Model), StoreKeys.DesiredTraffic("main")];

    [TestCaseSource(nameof(Writes))]
    public async Task ProcessThatDiesIsCompletedByTheNext(string at)
    {
        await TrainAsync(2);
        await ReachAsync(2, TrafficPhase.Promoted, await RolloutAsync());
        var dying = ScriptedStore.BeforePutting(_fixture.Store, at, () => throw new CrashedException());
        Assert.That(() => Completion(dying).CompleteAsync(serving: null, default), Throws.TypeOf<CrashedException>());

        await Completion().CompleteAsync(serving: null, default);
        Assert.That(await _fixture.Live(), Is.EqualTo((2, 2)));
        Assert.That((await _traffic.ReadAsync(default))!.Revision, Is.EqualTo(3));
    }

    [Test]
    public async Task NothingIsRegisteredWhileAnotherRolloutRuns()
    {
        await _traffic.RequestAsync(Color.Green, TrafficAction.Deploy, "release-2", "ann", "second", default, Plan with { Digest = "release-2" });

        Assert.That(() => TrainAsync(2), Throws.TypeOf<RolloutRunningException>());
        Assert.That(await _fixture.VersionNumbers(), Is.EqualTo(new[] { 1 }));
        Assert.That(await _fixture.Live(), Is.EqualTo((1, 1)));
    }

    [TestCase(TrafficPhase.Promoted), TestCase(TrafficPhase.RolledBack)]
    public async Task NothingIsRegisteredBeforeTheRolloutBeforeIsComplete(TrafficPhase phase)
    {
        await TrainAsync(2);
        await ReachAsync(2, phase, await RolloutAsync());
        Assert.That(() => TrainAsync(3), Throws.TypeOf<RolloutPostponedException>().With.Message.StartsWith("Rollout r2 of 'pumps' version 2 has ended, and its channels have not been moved yet."));
        Assert.That(await _fixture.VersionNumbers(), Is.EqualTo(new[] { 1, 2 }));

        await Completion().CompleteAsync(serving: null, default);
        await ReachAsync(3, TrafficPhase.Promoted, rollout: null);
        Assert.That((await TrainAsync(4)).Result, Is.EqualTo(TrainingResult.Registered));
    }

    [Test]
    public async Task NothingElseIsRolledOutUntilSomebodyHasDecidedAboutAHaltedVersion()
    {
        await ReachAsync(1, TrafficPhase.Halted, new(Plan with { Id = "r1", Model = "other", Version = 7, Digest = "onnx" }, Color.Green, 0, 0, default, default, 0, null, null));

        Assert.That(() => TrainAsync(2), Throws.TypeOf<RolloutPostponedException>().With.Message.StartsWith("Rollout r1 of 'other' version 7 was halted").And.Message.Contains("--target=Promote"));
    }

    [Test]
    public async Task VersionIsNotBlamedForAReleaseThatWasRolledBack()
    {
        await ReachAsync(1, TrafficPhase.RolledBack, new(Plan with { Id = "r1", Digest = "release-2" }, Color.Green, 0, 0, default, default, 0, null, null));
        await _fixture.Store.WriteAsync(
            StoreKeys.Replica("green-1"), new("green-1", Color.Green, "http://127.0.0.1:1", "release-2", 1, Ready: true, Draining: false, [], default),
            RegistryJson.Default.ReplicaHeartbeat, PutCondition.None);

        Assert.That(() => TrainAsync(2), Throws.TypeOf<RolloutPostponedException>().With.Message.Contains("green, which would serve it first, runs release release-2"));
    }

    private async Task<TrainingOutcome> TrainAsync(byte fill)
    {
        await _fixture.PutDataset($"pressure,failed\n{fill},0\n6,1\n");
        var job = await _fixture.DatasetArrives();
        await _fixture.TrainerLeaves(job, fill: fill);
        var finished = new TrainingFinished(
            _fixture.Store, TrainingFixture.Signer, _fixture.Time, rollouts: new(_fixture.Store, _traffic, Plan, _fixture.Time));
        var outcome = await finished.HandleAsync(job.Id, TrainingEnd.Completed, "tester", default);
        if (outcome.Version is { } version)
            _onnx = (await _fixture.Versions.GetAsync(TrainingFixture.Model, version, default))!.Artifact.OnnxSha256;
        return outcome;
    }

    private async Task<RolloutState> RolloutAsync() =>
        new((await _traffic.ReadAsync(default))!.Plan!, Color.Green, 0, 0, default, default, 0, null, null);

    private async Task<HistoryEntry> LastAsync() => (await _fixture.Channels.SnapshotAsync(TrainingFixture.Model, default)).Last!;

    private Task ReachAsync(int revision, TrafficPhase phase, RolloutState? rollout) => _fixture.Store.WriteAsync(
        StoreKeys.TrafficState("main"), new(revision, phase, TrafficSplit.All(Color.Blue), Color.Blue, "because", new(null, revision), default, rollout),
        RegistryJson.Default.TrafficState, PutCondition.None);

    private RolloutCompletion Completion(IObjectStore? store = null) => new(
        store ?? _fixture.Store, new(store ?? _fixture.Store, "main", _fixture.Time), SignaturePolicy.Off, _fixture.Time, signer: TrainingFixture.Signer);
}
