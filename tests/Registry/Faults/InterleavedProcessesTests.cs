using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Manifests;

namespace Slipway.Registry.Tests.Faults;

/// <summary>Several processes at work on one model, in many interleavings of their requests to the store, and dying before any of them.</summary>
public sealed class InterleavedProcessesTests
{
    private const int Seed = 20261130;

    // a move makes fewer requests
    private const int MostRequests = 20;

    private MemoryStore _published = null!;

    [OneTimeSetUp]
    public async Task PublishTheFirstVersion()
    {
        _published = new();
        for (var version = 1; version <= 3; version++)
            await RegisterAsync(_published, $"{SampleManifests.Model}-{version}-a1");
        await MoveAsync(_published, 1);
    }

    [Test]
    public async Task OfTwoDeploymentsThatExpectTheSameOneWins() => (await Trials.RunAsync(Seed, 300, random => DeployTwiceAsync(random, ignoresConditions: false))).ShouldHold();

    [Test]
    public async Task InAStoreThatIgnoresConditionsNotExactlyOneWins() => (await Trials.RunAsync(Seed, 30, random => DeployTwiceAsync(random, ignoresConditions: true))).ShouldFail();

    [Test]
    public async Task AMoveWhoseProcessDiedIsCompletedByTheNextOne() => (await Trials.RunAsync(Seed, 300, random => DieAsync(random, isRepeated: true))).ShouldHold();

    [Test]
    public async Task AMoveWhoseProcessDiedStaysIncompleteIfNobodyRepeatsIt() => (await Trials.RunAsync(Seed, 30, random => DieAsync(random, isRepeated: false))).ShouldFail();

    [Test]
    public async Task AJobThatIsRegisteredSeveralTimesIsOneVersion() => (await Trials.RunAsync(Seed, 200, random => RegisterThriceAsync(random, sameJob: true))).ShouldHold();

    [Test]
    public async Task SeveralJobsAreSeveralVersions() => (await Trials.RunAsync(Seed, 20, random => RegisterThriceAsync(random, sameJob: false))).ShouldFail();

    private async Task<string?> DeployTwiceAsync(Random random, bool ignoresConditions)
    {
        var store = _published.Copy(ignoresConditions);
        var head = (await SnapshotAsync(store)).Head;
        var won = new List<int>();
        Func<IObjectStore, Task> Deploying(int version) => async turns =>
        {
            try
            {
                await MoveAsync(turns, version, head);
                won.Add(version);
            }
            catch (ChampionChangedException)
            {
                // somebody else was first
            }
        };
        await new Interleaving(store, random).RunAsync(dies: null, Deploying(2), Deploying(3));
        return won is [var version] ? await ProblemAsync(store, version) : $"{won.Count} of two won";
    }

    private async Task<string?> DieAsync(Random random, bool isRepeated)
    {
        var store = _published.Copy(ignoresConditions: false);
        var requests = random.Next(MostRequests);
        if (!isRepeated)
            await new Interleaving(store, random).RunAsync(requests, turns => MoveAsync(turns, 2));
        else if (random.Next(2) == 0)
            await new Interleaving(store, random).RunAsync(requests, turns => MoveAsync(turns, 2), turns => MoveAsync(turns, 2));
        else
        {
            await new Interleaving(store, random).RunAsync(requests, turns => MoveAsync(turns, 2));
            await MoveAsync(store, 2);
        }

        return await ProblemAsync(store, 2);
    }

    private async Task<string?> RegisterThriceAsync(Random random, bool sameJob)
    {
        var store = new MemoryStore();
        var told = new HashSet<int>();
        Func<IObjectStore, Task> Registering(int number) => async turns => told.Add(await RegisterAsync(turns, $"{SampleManifests.Model}-{(sameJob ? 1 : number)}-a1"));
        await new Interleaving(store, random).RunAsync(random.Next(MostRequests), Registering(1), Registering(2));
        await Registering(3)(store);
        var versions = await new ModelVersions(store).ListAsync(SampleManifests.Model, CancellationToken.None).ToListAsync();
        return versions is [1] && told.SetEquals(versions) ? null : $"versions {string.Join(", ", versions)}, of which callers were told {string.Join(", ", told)}";
    }

    // as one undisturbed move would have left it
    private static async Task<string?> ProblemAsync(MemoryStore store, int version)
    {
        var snapshot = await SnapshotAsync(store);
        var problems = await new ModelHistory(store).VerifyAsync(SampleManifests.Model, CancellationToken.None);
        var catalogs = new ChannelCatalogs(store);
        return snapshot.Head.Number != 2 ? $"the history has {snapshot.Head.Number} entries"
            : problems.Count > 0 ? $"{problems[0].Kind} {problems[0].Entry}"
            : snapshot.Pointers.Values.Count(pointer => pointer.Version == version) != Colors.All.Count ? "not every channel has moved"
            : await catalogs.RepairAsync(Color.Blue, CancellationToken.None) || await catalogs.RepairAsync(Color.Green, CancellationToken.None) ? "a catalog is behind its channel"
            : null;
    }

    private static Task<ChannelSnapshot> SnapshotAsync(IObjectStore store) =>
        new ModelChannels(store, TimeProvider.System).SnapshotAsync(SampleManifests.Model, CancellationToken.None);

    private static Task<HistoryEntry> MoveAsync(IObjectStore store, int version, HistoryHead? expected = null) => new ModelChannels(store, TimeProvider.System).MoveAsync(
        new(SampleManifests.Model, version, HistoryAction.Publish, Colors.All, "tests", $"Serve version {version}.", Expected: expected), CancellationToken.None);

    private static async Task<int> RegisterAsync(IObjectStore store, string job) =>
        (await new ModelVersions(store).RegisterAsync(SampleManifests.Model, version => SampleManifests.Create(version, job), SampleManifests.Signer, CancellationToken.None)).Version;
}
