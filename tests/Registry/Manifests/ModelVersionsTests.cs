using Slipway.Registry.Channels;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Channels;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Manifests;

public sealed class ModelVersionsTests
{
    private StoreFolder _folder = null!;
    private ModelVersions _versions = null!;

    [SetUp]
    public void CreateStore()
    {
        _folder = new();
        _versions = new(_folder.Store);
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task NumbersVersionsFromOne()
    {
        var first = await RegisterAsync("job-1");
        var second = await RegisterAsync("job-2");

        Assert.That((first.Version, second.Version), Is.EqualTo((1, 2)));
        Assert.That(await _versions.ListAsync(SampleManifests.Model, CancellationToken.None).ToListAsync(), Is.EqualTo(new[] { 1, 2 }));
        Assert.That((await _versions.GetAsync(SampleManifests.Model, 1, CancellationToken.None))!.Lineage.TrainingJob, Is.EqualTo("job-1"));
    }

    [Test]
    public async Task KnowsNothingOfAModelWithoutVersions()
    {
        Assert.That(await _versions.GetAsync(SampleManifests.Model, 1, CancellationToken.None), Is.Null);
        Assert.That(await _versions.FindByTrainingJobAsync(Job("job"), CancellationToken.None), Is.Null);
        Assert.That(await _versions.ModelsAsync(CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task GivesEachOfManyRegistrationsAtOnceItsOwnNumber()
    {
        var registered = await Task.WhenAll(Enumerable.Range(1, 12).Select(i => Task.Run(() => RegisterAsync($"job-{i}"))));

        Assert.That(registered.Select(manifest => manifest.Version), Is.EquivalentTo(Enumerable.Range(1, 12)));
        foreach (var manifest in registered)
            Assert.That((await _versions.GetAsync(SampleManifests.Model, manifest.Version, CancellationToken.None))!.Lineage.TrainingJob, Is.EqualTo(manifest.Lineage.TrainingJob));
    }

    [Test]
    public async Task RegistersATrainingJobOnceHoweverOftenAndWhereverItIsAsked()
    {
        await RegisterAsync("another");
        var registered = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => RegisterAsync("same"))));

        Assert.That(registered.Select(manifest => manifest.Version), Is.All.EqualTo(2));
        Assert.That((await RegisterAsync("same")).Version, Is.EqualTo(2));
        Assert.That(await _versions.ListAsync(SampleManifests.Model, CancellationToken.None).ToListAsync(), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task FindsTheVersionOfAJob()
    {
        await RegisterAsync("job-1");
        await RegisterAsync("job-2");

        Assert.That((await _versions.FindByTrainingJobAsync(Job("job-1"), CancellationToken.None))!.Version, Is.EqualTo(1));
        Assert.That(await _versions.FindByTrainingJobAsync(Job("job-3"), CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task DamagedManifestHidesNoOther()
    {
        await RegisterAsync("job-1");
        await _folder.Probe.PutAsync(StoreKeys.Version(SampleManifests.Model, 7), "{\"version\": 7, \"mod");

        Assert.That((await _versions.FindByTrainingJobAsync(Job("job-1"), CancellationToken.None))!.Version, Is.EqualTo(1));
        Assert.That(() => _versions.GetAsync(SampleManifests.Model, 7, CancellationToken.None), Throws.TypeOf<UnreadableObjectException>());
    }

    [Test]
    public async Task StoreThatDoesNotAnswerIsNotTakenForAJobWithoutAVersion()
    {
        await RegisterAsync("job-1");

        Assert.That(
            () => new ModelVersions(ScriptedStore.Unanswering(_folder.Store)).FindByTrainingJobAsync(Job("job-1"), CancellationToken.None),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("does not answer"));
    }

    [Test]
    public async Task NamesModelsThatHaveAChannelOrAVersion()
    {
        await _versions.RegisterAsync("b-model", version => SampleManifests.Create(version, model: "b-model"), SampleManifests.Signer, CancellationToken.None);
        await _folder.Probe.PutAsync(StoreKeys.Channel("a-model", Color.Green), "{}");
        await _folder.Probe.PutAsync("models/stray.txt", "x");
        await _folder.Probe.PutAsync("models/Not A Model/versions/0000000001.json", "x");
        await _folder.Probe.PutAsync("models/c-model/history/0000000001.json", "x");

        Assert.That(await _versions.ModelsAsync(CancellationToken.None), Is.EqualTo(new[] { "a-model", "b-model" }));
    }

    [Test]
    public async Task RefusesAManifestUnderTheNumberOfAnother()
    {
        await RegisterAsync("job-1");
        File.Copy(_folder.FileOf(StoreKeys.Version(SampleManifests.Model, 1)), _folder.FileOf(StoreKeys.Version(SampleManifests.Model, 2)));

        Assert.That(() => _versions.GetAsync(SampleManifests.Model, 2, CancellationToken.None), Throws.InstanceOf<SlipwayException>().With.Message.Contains("version 1"));
    }

    [Test]
    public void RefusesNamesThatAreNoModels() =>
        Assert.That(() => _versions.GetAsync("../etc", 1, CancellationToken.None), Throws.InstanceOf<SlipwayException>());

    [Test]
    public async Task FindsTheVersionOfAJobWhoseHandlerDiedBeforeItsRecord()
    {
        await RegisterAsync("job-1");
        await RegisterAsync("job-2");
        await _folder.Store.DeleteAsync(StoreKeys.TrainingRegistered("job-1"));

        Assert.That((await _versions.FindByTrainingJobAsync(Job("job-1"), CancellationToken.None))!.Version, Is.EqualTo(1));
        Assert.That(await _folder.Probe.ReadAsync(StoreKeys.TrainingRegistered("job-1")), Does.Contain("\"version\": 1"), "and reports it from then on");
        Assert.That((await RegisterAsync("job-1")).Version, Is.EqualTo(1));
    }

    [Test]
    public async Task RegistersAsQuicklyHoweverManyVersionsThereAre()
    {
        var (few, many) = (await RequestsAsync(versions: 3), await RequestsAsync(versions: 60));

        Assert.That(many, Is.EqualTo(few));
        Assert.That(few, Has.Some.StartsWith("ListKeys"), "or nothing was counted");
    }

    // of a job that began with the last version as its champion
    private static async Task<List<string>> RequestsAsync(int versions)
    {
        using var folder = new StoreFolder();
        for (var version = 1; version <= versions; version++)
            await new ModelVersions(folder.Store).RegisterAsync(
                SampleManifests.Model, number => SampleManifests.Create(number, $"job-{number}", parent: number - 1), SampleManifests.Signer, CancellationToken.None);
        var counted = new CountingStore(folder.Store);
        var registered = await new ModelVersions(counted).RegisterAsync(
            SampleManifests.Model, number => SampleManifests.Create(number, "next", parent: versions), SampleManifests.Signer, CancellationToken.None);
        Assert.That(registered.Version, Is.EqualTo(versions + 1));
        return [.. counted.Requests.Select(request => request.Split(' ')[0])];
    }

    private static Lineage Job(string job) => SampleManifests.Create(1, job).Lineage;

    private Task<ModelManifest> RegisterAsync(string job) =>
        _versions.RegisterAsync(SampleManifests.Model, version => SampleManifests.Create(version, job), SampleManifests.Signer, CancellationToken.None);
}
