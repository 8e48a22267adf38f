using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Manifests;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Channels;

public sealed class ModelChannelsTests
{
    private ChannelFixture _model = null!;

    [SetUp]
    public async Task RegisterVersions()
    {
        _model = new();
        await _model.RegisterAsync(versions: 4);
    }

    [TearDown]
    public void DeleteStore() => _model.Dispose();

    [Test]
    public async Task DamagedChannelSaysHowItIsMendedAndAnAbsentStoreDoesNot()
    {
        using var folder = new StoreFolder();
        await folder.Probe.PutAsync(StoreKeys.Channel("pumps", Color.Blue), "{\"version\": 2, \"prev");

        Assert.That(
            () => new ModelChannels(folder.Store, TimeProvider.System).GetAsync("pumps", Color.Blue, CancellationToken.None),
            Throws.TypeOf<UnreadableObjectException>().With.Message.Contains("Delete that object"));
        Assert.That(
            () => new ModelChannels(ScriptedStore.Unanswering(folder.Store), TimeProvider.System).GetAsync("pumps", Color.Blue, CancellationToken.None),
            Throws.TypeOf<SlipwayException>().With.Message.Not.Contains("Remove"));
    }

    [Test]
    public async Task MovesTheChannelsAndSaysSo()
    {
        await _model.PublishAsync(1);
        _model.Time.Advance(TimeSpan.FromHours(1));
        var entry = await _model.PublishAsync(2);

        Assert.That((entry.Number, entry.From, entry.To, entry.By, entry.At), Is.EqualTo((2, (int?)1, 2, "operator", _model.Time.GetUtcNow())));
        foreach (var color in Colors.All)
        {
            var pointer = await _model.PointerAsync(color);
            Assert.That((pointer!.Version, pointer.Previous, pointer.HistoryEntry), Is.EqualTo((2, (int?)1, 2)));
        }

        Assert.That(await _model.EntriesAsync(), Has.Count.EqualTo(2));
        Assert.That(await _model.ProblemsAsync(), Is.Empty);
    }

    [Test]
    public async Task MovesOneChannelAndLeavesTheOther()
    {
        await _model.PublishAsync(1);
        await _model.PublishAsync(2, Color.Green);

        Assert.That((await _model.PointerAsync(Color.Blue))!.Version, Is.EqualTo(1));
        Assert.That((await _model.PointerAsync(Color.Green))!.Version, Is.EqualTo(2));
        Assert.That(await _model.ProblemsAsync(), Is.Empty);
    }

    [Test]
    public async Task DoesNothingWhereTheChannelsAreAlready()
    {
        await _model.PublishAsync(1);
        await _model.PublishAsync(2, Color.Green);
        var last = await _model.PublishAsync(2, Color.Blue);
        var blue = await File.ReadAllBytesAsync(_model.FileOfChannel(Color.Blue));
        var green = await File.ReadAllBytesAsync(_model.FileOfChannel(Color.Green));

        var again = await _model.PublishAsync(2);

        Assert.That(again.Number, Is.EqualTo(last.Number));
        Assert.That(await _model.EntriesAsync(), Has.Count.EqualTo(3));
        Assert.That(await File.ReadAllBytesAsync(_model.FileOfChannel(Color.Blue)), Is.EqualTo(blue));
        Assert.That(await File.ReadAllBytesAsync(_model.FileOfChannel(Color.Green)), Is.EqualTo(green));
    }

    [Test]
    public async Task RefusesAVersionWithoutAManifest()
    {
        Assert.That(() => _model.PublishAsync(9), Throws.InstanceOf<SlipwayException>().With.Message.Contains("no version 9"));
        Assert.That(await _model.EntriesAsync(), Is.Empty);
    }

    [Test]
    public async Task DoesNotPublishWhatWasRolledBack()
    {
        await _model.PublishAsync(1);
        await _model.PublishAsync(2);
        await _model.RollBackAsync(1, block: [SampleManifests.OnnxSha256(2)]);

        Assert.That(() => _model.PublishAsync(2), Throws.InstanceOf<SlipwayException>().With.Message.Contains("blocked").And.Message.Contains("--to=2"));
        Assert.That((await _model.PointerAsync(Color.Blue))!.Version, Is.EqualTo(1));
        Assert.That(await _model.EntriesAsync(), Has.Count.EqualTo(3), "and leaves no entry");

        await _model.PublishAsync(3);
        Assert.That((await _model.PointerAsync(Color.Blue))!.Blocked, Is.EqualTo(new[] { SampleManifests.OnnxSha256(2) }), "the block outlives later moves");
        Assert.That(() => _model.PublishAsync(2), Throws.InstanceOf<SlipwayException>());
    }

    [Test]
    public async Task LetsAPersonInsistOnABlockedVersion()
    {
        await _model.PublishAsync(1);
        await _model.RollBackAsync(1, block: [SampleManifests.OnnxSha256(2)]);

        await _model.RollBackAsync(2);

        Assert.That((await _model.PointerAsync(Color.Blue))!.Version, Is.EqualTo(2));
    }

    [Test]
    public async Task BlockOfAMoverThatDiedIsKeptByTheNextMove()
    {
        await _model.PublishAsync(1);
        await _model.PublishAsync(2);
        DiesRollingBack();

        Assert.That((await _model.PublishAsync(3)).Blocked, Is.EqualTo(new[] { SampleManifests.OnnxSha256(2) }));

        foreach (var color in Colors.All)
            Assert.That((await _model.PointerAsync(color))!.Blocked, Is.EqualTo(new[] { SampleManifests.OnnxSha256(2) }));
        Assert.That((await _model.PublishAsync(4)).Blocked, Is.Empty, "what every channel has is not said again");
        Assert.That(() => _model.PublishAsync(2), Throws.InstanceOf<SlipwayException>().With.Message.Contains("blocked"));
    }

    [Test]
    public async Task DoesNotPublishWhatAMoverThatDiedRolledBack()
    {
        await _model.PublishAsync(2);
        await _model.PublishAsync(1);
        DiesRollingBack();

        Assert.That(() => _model.PublishAsync(2), Throws.InstanceOf<SlipwayException>().With.Message.Contains("blocked"));
        Assert.That((await _model.PointerAsync(Color.Blue))!.Version, Is.EqualTo(1));
    }

    private void DiesRollingBack()
    {
        var dying = new ModelChannels(ScriptedStore.DyingAfter(_model.Store, puts: 1), _model.Time);
        Assert.That(
            () => dying.MoveAsync(
                new(SampleManifests.Model, 1, HistoryAction.Rollback, Colors.All, "operator", "worse", [SampleManifests.OnnxSha256(2)]), CancellationToken.None),
            Throws.InstanceOf<CrashedException>());
    }

    [Test]
    public async Task BlocksWithoutMovingWhenTheChannelsAreAtTheVersionAlready()
    {
        await _model.PublishAsync(1);
        await _model.PublishAsync(2);

        var entry = await _model.RollBackAsync(2, block: [SampleManifests.OnnxSha256(3)]);

        var pointer = await _model.PointerAsync(Color.Green);
        Assert.That((entry.Number, pointer!.Version, pointer.Previous), Is.EqualTo((3, 2, (int?)1)));
        Assert.That(() => _model.PublishAsync(3), Throws.InstanceOf<SlipwayException>());
    }

    [Test]
    public async Task SetsChannelsOfManyMoversTogether([Range(1, 5)] int round)
    {
        _ = round;
        var entries = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            Task.Run(() => _model.MoveAsync(i % 4 + 1, HistoryAction.Publish, [], by: $"mover {i}"))));

        var (blue, green) = (await _model.PointerAsync(Color.Blue), await _model.PointerAsync(Color.Green));
        var history = await _model.EntriesAsync();
        Assert.That(blue!.Version, Is.EqualTo(green!.Version), "no mixed state");
        Assert.That(blue.HistoryEntry, Is.EqualTo(history.Count));
        Assert.That(history[^1].To, Is.EqualTo(blue.Version));
        Assert.That(history.Select(entry => entry.Number), Is.EqualTo(Enumerable.Range(1, history.Count)));
        Assert.That(entries.Select(entry => history[entry.Number - 1]), Is.EqualTo(entries).Using<HistoryEntry>((a, b) => (a.Number, a.By, a.To) == (b.Number, b.By, b.To)));
        Assert.That(await _model.ProblemsAsync(), Is.Empty);
    }

    [TestCase(0, TestName = "ADeathBeforeTheEntryChangesNothing")]
    [TestCase(1, TestName = "ADeathAfterTheEntryIsFinishedByAskingAgain")]
    [TestCase(2, TestName = "ADeathBetweenThePointersIsFinishedByAskingAgain")]
    public async Task Dies(int putsBeforeDeath)
    {
        await _model.PublishAsync(1);
        var move = new ChannelMove(SampleManifests.Model, 2, HistoryAction.Publish, Colors.All, "operator", "better");
        var dying = new ModelChannels(ScriptedStore.DyingAfter(_model.Store, putsBeforeDeath), _model.Time);

        Assert.That(() => dying.MoveAsync(move, CancellationToken.None), Throws.InstanceOf<CrashedException>());
        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(putsBeforeDeath == 0 ? [] : new[] { "Incomplete 2" }));

        var entry = await _model.Channels.MoveAsync(move, CancellationToken.None);
        Assert.That(entry.Number, Is.EqualTo(2), "the same entry, not a second one");
        Assert.That((await _model.PointerAsync(Color.Blue))!.Version, Is.EqualTo(2));
        Assert.That((await _model.PointerAsync(Color.Green))!.Version, Is.EqualTo(2));
        Assert.That(await _model.ProblemsAsync(), Is.Empty);
    }

    [Test]
    public async Task AnotherMoveLeavesAnUnfinishedOneBehind()
    {
        await _model.PublishAsync(1);
        var dying = new ModelChannels(ScriptedStore.DyingAfter(_model.Store, puts: 2), _model.Time);
        Assert.That(
            () => dying.MoveAsync(new(SampleManifests.Model, 2, HistoryAction.Publish, Colors.All, "operator", "better"), CancellationToken.None),
            Throws.InstanceOf<CrashedException>());

        await _model.PublishAsync(3);

        Assert.That((await _model.PointerAsync(Color.Blue))!.Version, Is.EqualTo(3));
        Assert.That((await _model.PointerAsync(Color.Green))!.Version, Is.EqualTo(3));
    }

    [TestCase(1, TestName = "ALaterMoveStaysThoughAnEarlierOneIsSlower")]
    [TestCase(2, TestName = "ALaterMoveStaysThoughAnEarlierOneIsHalfway")]
    public async Task Overtakes(int putsBefore)
    {
        await _model.PublishAsync(1);
        await _model.PublishAsync(2);
        var slow = new ModelChannels(new ScriptedStore(_model.Store, put => put == putsBefore ? _model.PublishAsync(4) : Task.CompletedTask), _model.Time);

        var entry = await slow.MoveAsync(
            new(SampleManifests.Model, 1, HistoryAction.Rollback, Colors.All, "gateway", "errors", [SampleManifests.OnnxSha256(2)]), CancellationToken.None);

        Assert.That(entry.Number, Is.EqualTo(3));
        foreach (var color in Colors.All)
        {
            var pointer = await _model.PointerAsync(color);
            Assert.That((pointer!.Version, pointer.HistoryEntry), Is.EqualTo((4, 4)));
            Assert.That(pointer.Blocked, Is.EqualTo(new[] { SampleManifests.OnnxSha256(2) }), "what was blocked stays blocked");
        }

        Assert.That(await _model.ProblemsAsync(), Is.Empty);
    }

    [Test]
    public async Task DoesNotReuseTheNumberOfAnEntryThatWasRemoved()
    {
        await _model.PublishAsync(1);
        await _model.PublishAsync(2);
        File.Delete(_model.FileOfEntry(2));

        Assert.That(() => _model.PublishAsync(3), Throws.InstanceOf<SlipwayException>().With.Message.Contains("Entry 2").And.Message.Contains("missing"));
        Assert.That((await _model.PointerAsync(Color.Blue))!.Version, Is.EqualTo(2));
    }

    [Test]
    public void AsksForANameAndAReason() =>
        Assert.That(
            () => _model.Channels.MoveAsync(new(SampleManifests.Model, 1, HistoryAction.Publish, Colors.All, "operator", " "), CancellationToken.None),
            Throws.InstanceOf<SlipwayException>().With.Message.Contains("reason"));
}
