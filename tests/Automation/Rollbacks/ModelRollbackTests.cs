using Slipway.Automation.Jobs;
using Slipway.Automation.Rollbacks;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Channels;

namespace Slipway.Automation.Tests.Rollbacks;

public sealed class ModelRollbackTests
{
    private TrainingFixture _fixture = null!;

    [SetUp]
    public async Task PublishThree()
    {
        _fixture = new();
        for (byte version = 1; version <= 3; version++)
        {
            await _fixture.PutDataset($"pressure,failed\n{version},0\n6,1\n");
            await _fixture.TrainsSuccessfully(fill: version);
        }
    }

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task WhatWasDecidedOnAnotherVersionMovesNothing()
    {
        var seen = await _fixture.Channels.SnapshotAsync(TrainingFixture.Model, default);
        await _fixture.PutDataset("pressure,failed\n9,0\n6,1\n");
        await _fixture.TrainsSuccessfully(fill: 4);

        Assert.That(
            () => Rollback().MoveAsync(TrainingFixture.Model, 2, "ann", "worse", default, expected: seen.Head),
            Throws.TypeOf<ChampionChangedException>().With.Message.Contains("publish to version 4"));
        Assert.That(await _fixture.Live(), Is.EqualTo((4, 4)));
    }

    [Test]
    public async Task VersionThatIsPublishedInTheLastMomentIsLeftAndBlockedToo()
    {
        var store = ScriptedStore.BeforePutting(_fixture.Store, StoreKeys.History(TrainingFixture.Model), async () =>
        {
            await _fixture.PutDataset("pressure,failed\n9,0\n6,1\n");
            await _fixture.TrainsSuccessfully(fill: 4);
        });

        var entry = await Rollback(store).MoveAsync(TrainingFixture.Model, 2, "ann", "worse", default);

        Assert.That(entry!.Blocked, Is.EqualTo(new[] { (await _fixture.Versions.GetAsync(TrainingFixture.Model, 4, default))!.Artifact.OnnxSha256 }));
        Assert.That(await _fixture.Live(), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task PublishThatIsUnderWayIsNotTakenForNothingToDo()
    {
        await _fixture.PutDataset("pressure,failed\n9,0\n6,1\n");
        var job = await _fixture.DatasetArrives();
        await _fixture.TrainerLeaves(job, fill: 4);
        var dying = ScriptedStore.BeforePutting(_fixture.Store, StoreKeys.Channels(TrainingFixture.Model), () => throw new CrashedException());
        Assert.That(() => new TrainingFinished(dying, TrainingFixture.Signer, _fixture.Time).HandleAsync(job.Id, TrainingEnd.Completed, "tester", default), Throws.TypeOf<CrashedException>());
        Assert.That(await _fixture.Live(), Is.EqualTo((3, 3)), "the entry is there, and no channel has followed");

        Assert.That(await Rollback().MoveAsync(TrainingFixture.Model, 3, "ann", "worse", default), Has.Property(nameof(HistoryEntry.Number)).EqualTo(5));
        await _fixture.TrainingFinishes(job);
        Assert.That(await _fixture.Live(), Is.EqualTo((3, 3)), "the mover that comes back finds it left behind");
    }

    [Test]
    public async Task GoingWhereBothColorsAreChangesNothing() =>
        Assert.That(await Rollback().MoveAsync(TrainingFixture.Model, 3, "ann", "worse", default), Is.Null);

    private ModelRollback Rollback(IObjectStore? store = null) => new(store ?? _fixture.Store, SignaturePolicy.Off, _fixture.Time);
}
