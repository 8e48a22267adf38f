using Slipway.Inference.Generations;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry.Storage;

namespace Slipway.Inference.Tests.Generations;

public sealed class GenerationLoaderTests
{
    private static readonly TestModel Good = new(0.5f);

    private readonly RunWatch _watch = new(TimeSpan.FromSeconds(30), TimeProvider.System);
    private DirectoryInfo _folder = null!;
    private DirectoryObjectStore _store = null!;
    private GenerationLoader _loader = null!;

    private static void NoReplay(ModelGeneration generation, CancellationToken given) { }

    [SetUp]
    public void CreateFolder()
    {
        _folder = Directory.CreateTempSubdirectory("slipway-loader-");
        _store = new(Path.Combine(_folder.FullName, "store"));
        _loader = new(new(_store), Path.Combine(_folder.FullName, "cache"), _watch, TestCompiler.Create(), TimeSpan.FromMinutes(1), TimeProvider.System);
    }

    [TearDown]
    public void DeleteFolder() => TestFolder.Remove(_folder);

    [OneTimeTearDown]
    public void StopWatching() => _watch.Dispose();

    [Test]
    public async Task LeavesNoFileBehind()
    {
        var generation = await _loader.ProveAsync(await FetchAsync(Good), NoReplay, CancellationToken.None);

        Assert.That(generation.IsDisposed, Is.False);
        Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(_folder.FullName, "cache")), Is.Empty);
        generation.Retire();
    }

    [Test]
    public async Task FetchesOnlyTheFilesThatItUses()
    {
        using var fetched = await FetchAsync(Good);

        Assert.That(Directory.GetFiles(fetched.Folder).Select(Path.GetFileName), Is.EquivalentTo(new[] { "model.onnx", "golden.json" }));
    }

    [Test]
    [Platform("Linux")]
    public async Task FetchesAndVerifiesOnThreadsThatGiveWayToRequests()
    {
        var (own, seen) = (Niceness.OfThisThread(), new List<int>());
        var store = new FaultyStore(_store) { OnGet = _ => seen.Add(Niceness.OfThisThread()) };
        _loader = new(new(store), Path.Combine(_folder.FullName, "cache"), _watch, TestCompiler.Create(), TimeSpan.FromMinutes(1), TimeProvider.System);

        var generation = await _loader.ProveAsync(await FetchAsync(Good), (_, _) => seen.Add(Niceness.OfThisThread()), CancellationToken.None);

        Assert.That(seen, Is.EqualTo(new[] { Math.Min(19, own + 10), Math.Min(19, own + 10) }), "the download, and the replay at the end of the verification");
        generation.Retire();
    }

    [TestCase(2)] // the golden rows
    [TestCase(64)]
    public async Task EndsAVerificationThatNobodyWaitsForAndLeavesNoFileBehind(int endlessAt)
    {
        var fetched = await FetchAsync(Good with { EndlessAt = endlessAt });
        using var stop = new CancellationTokenSource();
        var proof = _loader.ProveAsync(fetched, NoReplay, stop.Token);
        await Wait.ForAsync(() => _watch.Watched > 0, "the verification runs the model");

        await stop.CancelAsync();
        Assert.That(() => proof, Throws.InstanceOf<OperationCanceledException>());
        await _loader.Late.EndAsync();

        Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(_folder.FullName, "cache")), Is.Empty);
        Assert.That(_watch.Watched, Is.Zero, "what was loaded is let go");
    }

    [Test]
    public async Task AFolderThatCannotBeDeletedCostsNoProvenGeneration()
    {
        var fetched = await FetchAsync(Good);
        using var stuck = new UndeletableFolder(fetched.Folder);

        var generation = await _loader.ProveAsync(fetched, NoReplay, CancellationToken.None);

        Assert.That(() => TestFolder.Remove(fetched.Folder, timeout: TimeSpan.Zero), Throws.Exception, "or this shows nothing");
        Assert.That(generation.TryLease(), Is.True);
        using (var lease = new ModelLease(generation))
            lease.Generation.Return(generation.Rent(1));
        generation.Retire();
        Assert.That(generation.IsDisposed, Is.True, "there is no other reference to it");
    }

    [Test]
    public async Task AFolderThatCannotBeDeletedDoesNotHideWhyAVersionWasRejected()
    {
        var fetched = await FetchAsync(Good with { WrongGolden = true });
        using var stuck = new UndeletableFolder(fetched.Folder);

        Assert.That(() => _loader.ProveAsync(fetched, NoReplay, CancellationToken.None), Throws.TypeOf<ModelRejectedException>().With.Message.Contains("golden row"));
        await Wait.ForAsync(() => _watch.Watched == 0, "the loaded session is disposed");
    }

    private async Task<FetchedModel> FetchAsync(TestModel model) =>
        await _loader.FetchAsync(await new ModelShop(_store).RegisterAsync(model), CancellationToken.None);
}
