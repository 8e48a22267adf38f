using System.Security.Cryptography;
using Slipway.Automation.Jobs;
using Slipway.Automation.Local;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments.Training;
using Slipway.Build.Images;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Replicas;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Containers.Tests.TestSystems;

/// <summary>A store whose versions containers train, and the repository's own code registers and publishes.</summary>
internal sealed class TrainedStore
{
    private readonly ModelFolder _model;

    private TrainedStore(string folder)
    {
        Folder = folder;
        Objects = new DirectoryObjectStore(folder);
        var paths = Paths.Find(AppContext.BaseDirectory, AppContext.BaseDirectory);
        _model = new(TestSystem.Model, paths.Model(TestSystem.Model));
    }

    /// <summary>Whose signatures the servers of these tests trust.</summary>
    public static LocalKeySigner Signer { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public string Folder { get; }

    public IObjectStore Objects { get; }

    public static async Task<TrainedStore> CreateAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var store = new TrainedStore(folder);
        Assert.That((await store.TrainAsync(seed: 10)).Result, Is.EqualTo(TrainingResult.Registered));
        return store;
    }

    /// <summary>Trains on another dataset and publishes the result.</summary>
    public async Task<TrainingOutcome> TrainAsync(int seed)
    {
        var dataset = Dataset.Generate(rows: 10_000, seed);
        var key = await new Datasets(Objects, new(Folder), TimeSpan.FromMinutes(1), TimeProvider.System).ImportAsync(_model.Name, dataset, CancellationToken.None);
        var request = new TrainingRequest(
            _model.Name, _model.ReadSpecJson(), key, new("unknown", Dirty: true), new(TestSystem.Release[ImageName.Model].Id, "X64", new Dictionary<string, string>()), "tests");
        var training = LocalTraining.Loop(Objects, new ContainerTrainingRunner(Objects), Signer, TimeProvider.System, TestContext.Progress.WriteLine);
        var outcome = (await training.TrainAsync(request, TestContext.Progress.WriteLine, CancellationToken.None)).Outcome;
        // the containers' user also writes there
        Directories.Open(Folder);
        return outcome;
    }

    public async Task<ReplicaHeartbeat?> HeartbeatAsync(string replica) =>
        (await Objects.ReadAsync(StoreKeys.Replica(replica), RegistryJson.Default.ReplicaHeartbeat))?.Value;
}
