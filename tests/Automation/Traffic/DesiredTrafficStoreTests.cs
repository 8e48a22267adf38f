using Slipway.Automation.Rollouts;
using Slipway.Automation.Traffic;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Automation.Tests.Traffic;

public sealed class DesiredTrafficStoreTests
{
    private static readonly RolloutPlan Plan = new(
        "", null, null, "b", [new(25), new(50, Approval: true)], TimeSpan.FromSeconds(1), 10, new(90), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), new());

    private TrainingFixture _fixture = null!;
    private IObjectStore _store = null!;
    private DesiredTrafficStore _traffic = null!;

    [SetUp]
    public void SetUp()
    {
        _fixture = new();
        _store = _fixture.Store;
        _traffic = new(_store, "main", TimeProvider.System);
    }

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task AskingTwiceForTheSameIsOneRevision()
    {
        var first = await Ask(Color.Blue, "a");
        var second = await Ask(Color.Blue, "a");

        Assert.That((first.IsNew, second.IsNew, second.Desired.Revision), Is.EqualTo((true, false, 1)));
    }

    [Test]
    public async Task OtherColorOrReleaseIsAnotherRevision()
    {
        await Ask(Color.Blue, "a");
        await Ask(Color.Green, "a");
        var third = await Ask(Color.Green, "b");

        Assert.That(third.Desired.Revision, Is.EqualTo(3));
    }

    [Test]
    public async Task AskingAtOnceGivesEveryoneARevisionOfTheirOwn()
    {
        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Ask(Color.Blue, $"release-{i}"))));

        Assert.That(asked.Select(one => one.Desired.Revision).Order(), Is.EqualTo(Enumerable.Range(1, 8)));
    }

    [Test]
    public async Task AskingGoesOnWhereTrafficIsWhenTheRecordWasRemoved()
    {
        await Ask(Color.Blue, "a");
        await ReachesAsync(5, Color.Blue);
        await _store.DeleteAsync(StoreKeys.DesiredTraffic("main"));

        Assert.That((await Ask(Color.Green, "b")).Desired.Revision, Is.EqualTo(6), "a gateway at 5 hears nothing below");
    }

    [Test]
    public async Task WhatTrafficHasPassedIsAskedForAnew()
    {
        await Ask(Color.Blue, "a");
        await ReachesAsync(5, Color.Green);

        var again = await Ask(Color.Blue, "a");

        Assert.That((again.IsNew, again.Desired.Revision), Is.EqualTo((true, 6)), "an old record that was put back is no answer");
    }

    [Test]
    public async Task WhatIsAskedForRemembersWhereEverythingWas()
    {
        await _fixture.PutDataset("pressure,failed\n1,0\n");
        await _fixture.TrainsSuccessfully();
        await ReachesAsync(1, Color.Blue);

        var asked = (await Ask(Color.Green, "b")).Desired;

        Assert.That((asked.From, asked.Histories!.Single().Value), Is.EqualTo((Color.Blue, 1)));
    }

    private Task ReachesAsync(int revision, Color live, TrafficPhase phase = TrafficPhase.Promoted) => _store.WriteAsync(
        StoreKeys.TrafficState("main"), new(revision, phase, TrafficSplit.All(live), live, "because", new(null, 0), default),
        RegistryJson.Default.TrafficState, PutCondition.None);

    [Test]
    public async Task LiveIsBlueBeforeThereIsAState() => Assert.That(await _traffic.LiveAsync(default), Is.EqualTo(Color.Blue));

    [Test]
    public async Task RolloutIsNamedByTheRevisionThatRequestedIt()
    {
        await Ask(Color.Blue, "a");

        Assert.That((await RollOut("b")).Desired.Plan!.Id, Is.EqualTo("r2"));
    }

    [Test]
    public async Task RolloutThatRunsIsNotRequestedTwice()
    {
        await RunsAsync("b");
        var again = await RollOut("b");

        Assert.That((again.IsNew, again.Desired.Plan!.Id), Is.EqualTo((false, "r2")));
    }

    [Test]
    public async Task SecondRolloutIsRefusedWhileOneRuns()
    {
        await RunsAsync("b");

        Assert.That(() => RollOut("c"), Throws.TypeOf<RolloutRunningException>().With.Message.EqualTo(
            "Rollout r2 of release b to green, requested by tester, is running: it waits for the gateway. Until it has ended, nothing else is rolled out. "
            + "Wait for it (./build.sh --target=Status shows it), or end it: ./build.sh --target=Promote completes it now, ./build.sh --target=Rollback takes it back."));
    }

    [Test]
    public async Task RollbackIsNeverRefused()
    {
        await RunsAsync("b");
        var back = await _traffic.RequestAsync(Color.Blue, TrafficAction.Rollback, "a", "tester", "because", default);

        Assert.That((back.IsNew, back.Desired.Plan), Is.EqualTo((true, (RolloutPlan?)null)));
    }

    [Test]
    public async Task RolloutThatWasTakenBackIsRequestedAgainOnlyExplicitly()
    {
        await RunsAsync("b");
        await ReachesAsync(2, Color.Blue, TrafficPhase.RolledBack);

        Assert.That((await RollOut("b")).IsNew, Is.False);
        Assert.That((await RollOut("b", again: true)).Desired.Plan!.Id, Is.EqualTo("r3"));
    }

    [Test]
    public async Task OtherReleaseFollowsOneThatWasTakenBack()
    {
        await RunsAsync("b");
        await ReachesAsync(2, Color.Blue, TrafficPhase.RolledBack);

        Assert.That((await RollOut("c")).Desired.Plan!.Id, Is.EqualTo("r3"));
    }

    [Test]
    public async Task PromotionKeepsThePlan()
    {
        await RunsAsync("b");
        var running = await _traffic.ReadAsync(default);
        var promoted = await _traffic.PromoteAsync(running!, step: null, "ann", "it is urgent", default);

        Assert.That((promoted.Revision, promoted.Action, promoted.Plan!.Id, promoted.By), Is.EqualTo((3, TrafficAction.Promote, "r2", "ann")));
        Assert.That(await _traffic.PromoteAsync(running!, step: null, "bob", "again", default), Has.Property("By").EqualTo("ann"), "it was requested already");
    }

    [Test]
    public async Task ApprovalIsOfOneStep()
    {
        await RunsAsync("b");
        var approved = await _traffic.PromoteAsync((await _traffic.ReadAsync(default))!, step: 1, "ann", "looks good", default);

        Assert.That((approved.Action, approved.ApprovedStep, approved.Plan!.Id), Is.EqualTo((TrafficAction.Deploy, 1, "r2")));
    }

    [Test]
    public async Task PromotionOfARolloutThatAnotherRequestReplacedIsRefused()
    {
        await RunsAsync("b");
        var running = await _traffic.ReadAsync(default);
        await _traffic.RequestAsync(Color.Blue, TrafficAction.Rollback, "a", "bob", "because", default);

        Assert.That(() => _traffic.PromoteAsync(running!, step: null, "ann", "late", default), Throws.TypeOf<SlipwayException>().With.Message.Contains("revision 3 by bob"));
    }

    [Test]
    public async Task ModelsRolloutLeavesWhatWasRequestedBefore()
    {
        await Ask(Color.Blue, "a");
        await ReachesAsync(1, Color.Blue);
        await Ask(Color.Green, "b");
        await ReachesAsync(2, Color.Green);
        await RollOutModel();
        await ReachesAsync(3, Color.Green);
        var closed = await _traffic.CloseAsync("r3", Color.Green, default);

        Assert.That((closed!.Revision, closed.Color, closed.Release, closed.From, closed.Plan), Is.EqualTo((4, Color.Green, "b", Color.Blue, (RolloutPlan?)null)));
        Assert.That(await _traffic.CloseAsync("r3", Color.Green, default), Is.Null, "it is closed");
    }

    [Test]
    public async Task RolloutsAreListedFromTheLast()
    {
        foreach (var id in new[] { "r9", "r10", "r2" })
            await _store.WriteAsync(StoreKeys.Rollout("main", id), new("main", Plan with { Id = id }, Color.Green, []), RegistryJson.Default.RolloutRecord, PutCondition.None);

        Assert.That(await _traffic.RolloutsAsync(default), Is.EqualTo(new[] { "r10", "r9", "r2" }));
    }

    private async Task RunsAsync(string release)
    {
        await Ask(Color.Blue, "a");
        await ReachesAsync(1, Color.Blue);
        await RollOut(release);
    }

    private Task<RequestedTraffic> RollOut(string release, bool again = false) =>
        _traffic.RequestAsync(Color.Green, TrafficAction.Deploy, release, "tester", "because", default, Plan with { Digest = release }, again);

    private Task<RequestedTraffic> RollOutModel() =>
        _traffic.RequestAsync(Color.Blue, TrafficAction.Deploy, null, "tester", "because", default, Plan with { Model = "pumps", Version = 2, Digest = "onnx" });

    private Task<RequestedTraffic> Ask(Color color, string release) =>
        _traffic.RequestAsync(color, TrafficAction.Deploy, release, "tester", "because", default);
}
