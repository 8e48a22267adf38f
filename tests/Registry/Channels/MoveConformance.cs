using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Manifests;

namespace Slipway.Registry.Tests.Channels;

/// <summary>Guarantees of concurrent channel moves, in any store.</summary>
public abstract class MoveConformance
{
    private const int Movers = 8;

    private IObjectStore _store = null!;
    private ModelChannels _channels = null!;

    protected abstract Task<IObjectStore> CreateStoreAsync();

    [SetUp]
    public async Task PublishTheFirstVersion()
    {
        _store = await CreateStoreAsync();
        _channels = new(_store, TimeProvider.System);
        for (var version = 1; version <= Movers + 1; version++)
            await new ModelVersions(_store).RegisterAsync(SampleManifests.Model, number => SampleManifests.Create(number, $"job-{number}"), SampleManifests.Signer, CancellationToken.None);
        await MoveAsync(1);
    }

    [Test]
    public async Task OfManyThatExpectTheSameExactlyOneMoves()
    {
        var (won, lost) = await RaceAsync((await SnapshotAsync()).Head);

        Assert.That((won.Count, lost.Count), Is.EqualTo((1, Movers - 1)));
        Assert.That(await EntriesAsync(), Has.Count.EqualTo(2));
        Assert.That(lost.Select(e => e.Seen.Last!.Number), Is.All.EqualTo(2), "each gets the previous entry");
        foreach (var color in Colors.All)
            Assert.That((await _channels.GetAsync(SampleManifests.Model, color, CancellationToken.None))!.Value.Version, Is.EqualTo(won[0].To));
    }

    [Test]
    public async Task WithoutAnExpectationAllOfThemMove()
    {
        var (won, lost) = await RaceAsync(expected: null);

        Assert.That((won.Count, lost.Count), Is.EqualTo((Movers, 0)), "or the test above shows nothing");
        Assert.That(await EntriesAsync(), Has.Count.EqualTo(Movers + 1));
    }

    [Test]
    public async Task MoveOfSomebodyElseInTheLastMomentCounts()
    {
        var seen = await SnapshotAsync();
        // after the look, before the entry
        var late = new ModelChannels(
            ScriptedStore.BeforePutting(_store, StoreKeys.History(SampleManifests.Model), () => MoveAsync(2)), TimeProvider.System);

        Assert.That(() => late.MoveAsync(Move(3, seen.Head), CancellationToken.None), Throws.TypeOf<ChampionChangedException>().With.Message.Contains("entry 2").And.Message.Contains("version 2"));
        Assert.That((await SnapshotAsync()).Champion, Is.EqualTo(2));
    }

    [Test]
    public async Task EntryWhoseMoverHasNotMovedItsPointersYetCounts()
    {
        var seen = await SnapshotAsync();
        var dying = new ModelChannels(ScriptedStore.DyingAfter(_store, puts: 1), TimeProvider.System);
        Assert.That(() => dying.MoveAsync(Move(2), CancellationToken.None), Throws.TypeOf<CrashedException>());

        Assert.That((await SnapshotAsync()).Champion, Is.EqualTo(2), "it is where the channels are going");
        Assert.That(() => MoveAsync(3, seen.Head), Throws.TypeOf<ChampionChangedException>());
    }

    [Test]
    public async Task FirstMoveOfAllMayBeExpected()
    {
        await new ModelVersions(_store).RegisterAsync("valves", number => SampleManifests.Create(number, "valves-1", "valves"), SampleManifests.Signer, CancellationToken.None);

        await _channels.MoveAsync(Move(1, HistoryHead.None) with { Model = "valves" }, CancellationToken.None);

        Assert.That(() => MoveAsync(2, HistoryHead.None), Throws.TypeOf<ChampionChangedException>());
    }

    [Test]
    public async Task MoverThatDiedFinishesWhatItExpectedBefore()
    {
        var seen = await SnapshotAsync();
        var dying = new ModelChannels(ScriptedStore.DyingAfter(_store, puts: 2), TimeProvider.System);
        Assert.That(() => dying.MoveAsync(Move(2, seen.Head), CancellationToken.None), Throws.TypeOf<CrashedException>());

        await MoveAsync(2, seen.Head);

        Assert.That((await SnapshotAsync()).IsUnderWay, Is.False);
        Assert.That(await EntriesAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task CatalogsEndAsThePointersWhoeverMovesThem()
    {
        await RaceAsync(expected: null);

        foreach (var color in Colors.All)
        {
            var pointer = await _channels.GetAsync(SampleManifests.Model, color, CancellationToken.None);
            var catalog = await _store.ReadAsync(StoreKeys.Catalog(color), RegistryJson.Default.ChannelCatalog);
            Assert.That(catalog!.Value.Models[SampleManifests.Model], Is.EqualTo(CatalogedChannel.Of(pointer!)));
        }
    }

    private async Task<(List<HistoryEntry> Won, List<ChampionChangedException> Lost)> RaceAsync(HistoryHead? expected)
    {
        var (won, lost) = (new List<HistoryEntry>(), new List<ChampionChangedException>());
        await Task.WhenAll(Enumerable.Range(2, Movers).Select(version => Task.Run(async () =>
        {
            try
            {
                var entry = await MoveAsync(version, expected);
                lock (won)
                    won.Add(entry);
            }
            catch (ChampionChangedException e)
            {
                lock (won)
                    lost.Add(e);
            }
        })));
        return (won, lost);
    }

    private Task<HistoryEntry> MoveAsync(int version, HistoryHead? expected = null) => _channels.MoveAsync(Move(version, expected), CancellationToken.None);

    private static ChannelMove Move(int version, HistoryHead? expected = null) =>
        new(SampleManifests.Model, version, HistoryAction.Publish, Colors.All, $"mover {version}", "It passed its gates.", Expected: expected);

    private Task<ChannelSnapshot> SnapshotAsync() => _channels.SnapshotAsync(SampleManifests.Model, CancellationToken.None);

    private Task<List<HistoryEntry>> EntriesAsync() => new ModelHistory(_store).ReadAsync(SampleManifests.Model, CancellationToken.None).ToListAsync().AsTask();
}
