using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Time.Testing;
using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Tests;

/// <summary>A store, and a trainer with the output that the test defines.</summary>
internal sealed class TrainingFixture : IDisposable
{
    public const string Model = "pumps";
    private const string File = "pumps.csv";
    private const string By = "tester";

    private readonly string _root = Directory.CreateTempSubdirectory("slipway-automation-").FullName;

    public TrainingFixture()
    {
        StoreRoot = Path.Combine(_root, "store");
        Store = new DirectoryObjectStore(StoreRoot, Time);
        Versions = new(Store);
        Channels = new(Store, Time);
        Jobs = new(Store);
        DatasetKey = StoreKeys.Dataset(Model, File);
    }

    public static async Task<TrainingFixture> WithADataset()
    {
        var fixture = new TrainingFixture();
        await fixture.PutDataset("pressure,failed\n1,0\n2,1\n3,0\n");
        return fixture;
    }

    /// <summary>A path next to the store.</summary>
    public string Beside(string name) => Path.Combine(_root, name);

    /// <summary>All objects in the store, with their contents.</summary>
    public IReadOnlyDictionary<string, string> Content() => Directory
        .EnumerateFiles(Beside("store"), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        .ToDictionary(path => path, path => Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(path))));

    /// <summary>The same for all: it costs more to make than to use.</summary>
    public static LocalKeySigner Signer { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public FakeTimeProvider Time { get; } = new(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    public string StoreRoot { get; }
    public IObjectStore Store { get; }
    public ModelVersions Versions { get; }
    public ModelChannels Channels { get; }
    public TrainingJobs Jobs { get; }
    public string DatasetKey { get; }
    public string Commit { get; set; } = new('c', 40);
    public bool Dirty { get; set; }
    public string Image { get; set; } = "release-1";
    public double GateAtLeast { get; set; } = 0.8;
    public string Delivery { get; set; } = "swap";
    public string Trainer { get; set; } = TrainerNames.Linear;
    public ImportedModel? Imported { get; set; }

    /// <summary>The member <c>retrain</c>, in JSON.</summary>
    public string Retrain { get; set; } = "null";

    public byte[] SpecJson => Encoding.UTF8.GetBytes(
        $$"""
        {
          // the tests change the gate
          "description": "Pumps that are about to fail", "task": "binary", "label": "failed", "trainer": "{{Trainer}}",
          "features": { "pressure": "numeric" },
          "delivery": "{{Delivery}}", "retrain": {{Retrain}},
          "gates": { "metrics": { "averagePrecision": { "atLeast": {{GateAtLeast.ToString(System.Globalization.CultureInfo.InvariantCulture)}} } } },
        }
        """);

    public Task PutDataset(string csv) =>
        Store.PutAsync(DatasetKey, new MemoryStream(Encoding.UTF8.GetBytes(csv)), PutCondition.None);

    public Task<ClaimedJob> DatasetArrives() => new DatasetArrived(Store, Time).HandleAsync(Request(Model, DatasetKey), default);

    public TrainingRequest Request(string model, string key) =>
        new(model, SpecJson, key, new(Commit, Dirty), new(Image, "X64", new Dictionary<string, string>()), By, Imported);

    public Task<TrainingOutcome> TrainingFinishes(ClaimedJob job, string? failure = null) => TrainingFinishes(job.Id, failure);

    public Task<TrainingOutcome> TrainingFinishes(string job, string? failure = null) =>
        new TrainingFinished(Store, Signer, Time).HandleAsync(job, TrainingEnd.Of(failure), By, default);

    /// <summary>What the trainer would leave for a job.</summary>
    public async Task TrainerLeaves(ClaimedJob job, double averagePrecision = 0.9, Action<string>? spoil = null, byte fill = 1)
    {
        var folder = Path.Combine(_root, "jobs", Guid.NewGuid().ToString("n"));
        Directory.CreateDirectory(folder);
        byte[] onnx = [0x08, 0x08, 0x3A, 0x02, 0x12, 0x00, 0x12, 0x01, fill];
        await System.IO.File.WriteAllBytesAsync(Path.Combine(folder, ArtifactFiles.Onnx), onnx);
        await System.IO.File.WriteAllBytesAsync(Path.Combine(folder, ArtifactFiles.Spec), SpecJson);
        Write(folder, ArtifactFiles.Schema, Schema(), RegistryJson.Default.ModelSchema);
        Write(folder, ArtifactFiles.Metrics, Metrics(averagePrecision), RegistryJson.Default.ModelMetrics);
        Write(folder, ArtifactFiles.Golden, new([new Dictionary<string, string?> { ["pressure"] = "1" }], [[1f]], [[0.5f]], 1e-5), RegistryJson.Default.GoldenSet);
        Write(folder, ArtifactFiles.Training, new TrainingEvidence(
            "linear", new Dictionary<string, string> { ["l2"] = "0.1" }, 1, job.Lineage.Dataset.Sha256!, 3,
            Convert.ToHexStringLower(SHA256.HashData(onnx)), "X64", new Dictionary<string, string> { ["Microsoft.ML"] = "5.0.1" }),
            RegistryJson.Default.TrainingEvidence);
        spoil?.Invoke(folder);

        using var archive = new MemoryStream();
        await ArtifactArchive.PackAsync(folder, archive, default);
        archive.Position = 0;
        await Store.PutAsync(StoreKeys.TrainingArtifact(job.Id), archive, PutCondition.None);
    }

    public async Task<TrainingOutcome> TrainsSuccessfully(byte fill = 1)
    {
        var job = await DatasetArrives();
        await TrainerLeaves(job, fill: fill);
        return await TrainingFinishes(job);
    }

    public async Task RollsBack(int from, int to)
    {
        var left = await Versions.GetAsync(Model, from, default);
        await Channels.MoveAsync(
            new(Model, to, HistoryAction.Rollback, Colors.All, By, "It was worse.", [left!.Artifact.OnnxSha256]), default);
    }

    /// <summary>The entry is in the history, and no channel has followed.</summary>
    public async Task RollbackDies(int from, int to)
    {
        var channels = Colors.All.Select(color => Path.Combine(Beside("store"), StoreKeys.Channel(Model, color))).ToList();
        var before = channels.Select(System.IO.File.ReadAllBytes).ToList();
        await RollsBack(from, to);
        foreach (var (path, content) in channels.Zip(before))
            await System.IO.File.WriteAllBytesAsync(path, content);
    }

    public Task InsistsOn(int version) =>
        Channels.MoveAsync(new(Model, version, HistoryAction.Rollback, Colors.All, By, "It was not the model."), default);

    public async Task<(int? Blue, int? Green)> Live(string model = Model) => (
        (await Channels.GetAsync(model, Color.Blue, default))?.Value.Version,
        (await Channels.GetAsync(model, Color.Green, default))?.Value.Version);

    public async Task<int[]> VersionNumbers(string model = Model) => [.. await Versions.ListAsync(model, default).ToListAsync()];

    /// <summary>What an audit finds that trusts a key.</summary>
    public async Task<string[]> AuditAsync(LocalKeySigner key) =>
        [.. (await new ModelAudit(Store, new(SignatureMode.Enforce, new([key.Key]))).RunAsync(Model, default)).Problems.Select(problem => $"{problem.Kind} {problem.Entry}")];

    public void Dispose() => TestFolder.Remove(_root);

    private static ModelSchema Schema() => new(
        ModelTask.Binary, "failed", [new("pressure", ColumnKind.Numeric, null, 1, 0, 9)], ["pressure"],
        new("probability", "FP32", [-1, 1]), 0.5, ["0", "1"]);

    private static ModelMetrics Metrics(double averagePrecision) => new(
        new Dictionary<string, Metric> { ["averagePrecision"] = new(averagePrecision) }, [], null,
        new(3, 1, 1, 1, new Dictionary<string, double>(), 0.5), 10, 9);

    private static void Write<T>(string folder, string file, T value, JsonTypeInfo<T> type) =>
        System.IO.File.WriteAllBytes(Path.Combine(folder, file), JsonSerializer.SerializeToUtf8Bytes(value, type));
}
