using Slipway.Faults;
using Slipway.Faults.Rules;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Manifests;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Faults;

/// <summary>Moves whose requests fail, and whose answers get lost, at random; whoever moves tries again until it is told that it has.</summary>
public sealed class ChannelMovesUnderFaultsTests
{
    private const int Trials = 30;
    private const int Moves = 3;

    [Test]
    public async Task EndWhereTheyWouldHaveWithoutFaults()
    {
        var (failures, injected) = (new List<int>(), 0);
        for (var seed = 1; seed <= Trials; seed++)
        {
            using var folder = new StoreFolder();
            var script = new FaultScript(seed);
            await RegisterAsync(folder.Store);
            ActiveFault[] faults =
            [
                script.Add(new(FaultKind.LostAnswer) { Operations = StoreOperations.Put, Probability = 0.15 }),
                script.Add(new(FaultKind.InternalError) { Probability = 0.05 }),
            ];
            for (var move = 1; move <= Moves; move++)
                await MoveAsync(new(new FaultInjectingStore(folder.Store, script, TimeProvider.System), TimeProvider.System), move);
            injected += faults.Sum(fault => fault.Injected);
            if (!await IsAsWithoutFaultsAsync(folder.Store))
                failures.Add(seed);
        }

        Assert.That(failures, Is.Empty, "seeds");
        Assert.That(injected, Is.GreaterThan(Trials), "faults were injected");
    }

    [Test]
    public async Task AStoreThatIgnoresConditionsLosesMoves()
    {
        using var folder = new StoreFolder();
        await RegisterAsync(folder.Store);
        var script = new FaultScript(seed: 1);
        var late = script.Add(new(FaultKind.Hang) { Operations = StoreOperations.Put, Times = 1 });
        script.Add(new(FaultKind.IgnoredCondition));
        var store = new FaultInjectingStore(folder.Store, script, TimeProvider.System);
        var first = new ModelChannels(store, TimeProvider.System).MoveAsync(Move(1), CancellationToken.None);
        while (late.Injected == 0)
            await Task.Yield();

        // the first has decided which number it takes, and so does the second
        await new ModelChannels(store, TimeProvider.System).MoveAsync(Move(2), CancellationToken.None);
        late.Dispose();
        await first;

        Assert.That(await EntriesAsync(folder.Store), Has.Count.EqualTo(1), "one of two entries was written over");
    }

    private static async Task RegisterAsync(IObjectStore store)
    {
        var versions = new ModelVersions(store);
        for (var version = 1; version <= Moves; version++)
            await versions.RegisterAsync(SampleManifests.Model, number => SampleManifests.Create(number, $"{SampleManifests.Model}-{number}-a1"), SampleManifests.Signer, CancellationToken.None);
    }

    private static async Task MoveAsync(ModelChannels channels, int version)
    {
        for (var attempt = 0; attempt < 200; attempt++)
            try
            {
                await channels.MoveAsync(Move(version), CancellationToken.None);
                return;
            }
            catch (SlipwayException)
            {
                // as a function that is delivered its event again
            }

        Assert.Fail($"Version {version} was not published after 200 attempts.");
    }

    private static ChannelMove Move(int version) => new(SampleManifests.Model, version, HistoryAction.Publish, Colors.All, "tests", $"Serve version {version}.");

    private static async Task<bool> IsAsWithoutFaultsAsync(IObjectStore store)
    {
        var snapshot = await new ModelChannels(store, TimeProvider.System).SnapshotAsync(SampleManifests.Model, CancellationToken.None);
        return snapshot.Pointers.Count == Colors.All.Count && snapshot.Pointers.Values.All(pointer => pointer.Version == Moves && pointer.HistoryEntry == Moves)
            && (await EntriesAsync(store)).SequenceEqual([1, 2, 3]);
    }

    /// <summary>The versions that the history moved to, in its order.</summary>
    private static async Task<IReadOnlyList<int>> EntriesAsync(IObjectStore store)
    {
        var entries = new List<int>();
        await foreach (var key in store.ListKeysAsync(StoreKeys.History(SampleManifests.Model)))
            entries.Add((await store.ReadAsync(key, RegistryJson.Default.HistoryEntry, CancellationToken.None))!.Value.To);
        return entries;
    }
}
