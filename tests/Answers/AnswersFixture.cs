using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Slipway.Automation;
using Slipway.Automation.Jobs;
using Slipway.Automation.Local;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Artifacts;

namespace Slipway.Answers.Tests;

/// <summary>A store in which a model about patients was trained, published and asked for predictions.</summary>
internal sealed class AnswersFixture : IDisposable
{
    public const string Model = "patients";
    public const string Csv = "patient,age,ward,ill\n17,60,A,1\n18,61,B,0\n19,62,B,0\n";

    private readonly string _root = Directory.CreateTempSubdirectory("slipway-answers-").FullName;
    private ulong _predictions;

    public AnswersFixture()
    {
        Folder = Path.Combine(_root, "store");
        Store = new(Folder, Time);
        Jobs = new(Store, Folder);
        Channels = new(Store, Time, signer: Signer);
    }

    /// <summary>The same for all: it costs more to make than to use.</summary>
    public static LocalKeySigner Signer { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public static PredictionIds Ids { get; } = new(new byte[32]);

    public static SignaturePolicy Signatures { get; } = new(SignatureMode.Enforce, new([Signer.Key]));

    public FakeTimeProvider Time { get; } = new(new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero));
    public string Folder { get; }
    public DirectoryObjectStore Store { get; }
    public LocalJobs Jobs { get; }
    public ModelChannels Channels { get; }

    /// <summary>The share of rows for validation and for the holdout.</summary>
    public double Share { get; set; } = 0.2;

    public string Word { get; set; } = "ward";

    /// <summary>Whether the age is personal.</summary>
    public bool IsPersonal { get; set; }

    public Task Puts(string csv, string file = "patients.csv") => Put(StoreKeys.Dataset(Model, file), Encoding.UTF8.GetBytes(csv));

    /// <summary>From a dataset to a version that both colors serve.</summary>
    public async Task<ModelManifest> Trains(string csv = Csv, string file = "patients.csv")
    {
        var lineage = await Claims(csv, file);
        var artifact = await Leaves(lineage.TrainingJob);
        var head = (await Channels.SnapshotAsync(Model, default)).Head;
        var manifest = await new ModelVersions(Store).RegisterAsync(Model, version => Manifest(version, lineage, artifact, head), Signer, default);
        await Channels.MoveAsync(new(Model, manifest.Version, HistoryAction.Publish, BothColors, "ada", $"Training job {lineage.TrainingJob} passed its gates.", Expected: head), default);
        await new TrainingJobs(Store).EndAsync(new(lineage.TrainingJob, TrainingResult.Registered, "All gates passed.", manifest.Version, manifest.Gates, Time.GetUtcNow()), default);
        return manifest;
    }

    /// <summary>From a dataset to a refusal.</summary>
    public async Task<string> Refuses(string csv, string file = "patients.csv")
    {
        var lineage = await Claims(csv, file);
        await new TrainingJobs(Store).EndAsync(new(lineage.TrainingJob, TrainingResult.Refused, "One gate failed.", null, null, Time.GetUtcNow()), default);
        return lineage.TrainingJob;
    }

    public Task RollsBack(int to) => Channels.MoveAsync(new(Model, to, HistoryAction.Rollback, BothColors, "grace", "worse on the ward"), default);

    /// <summary>Logs predictions as a server does.</summary>
    /// <param name="inputs">As JSON; one prediction for each.</param>
    /// <returns>Their ids.</returns>
    public async Task<string[]> Predicts(int version, params string[] inputs)
    {
        var at = Time.GetUtcNow();
        var job = (await new ModelVersions(Store).GetAsync(Model, version, default))!.Lineage.TrainingJob;
        var records = inputs.Select(json => new PredictionRecord(
            Ids.Create(Model, version, "blue-1", at, PredictionSequence.Of(++_predictions, 1)), Model, version, job, "blue-1", Color.Blue, at,
            JsonSerializer.Deserialize<JsonElement>(json), [.. JsonSerializer.Deserialize<JsonElement>(json).EnumerateArray().Select(_ => (IReadOnlyList<float>)[0.25f])], 12.5)).ToList();
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
            foreach (var record in records)
                gzip.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(record, RegistryJsonLines.Default.PredictionRecord) + "\n"));
        await Put($"{StoreKeys.PredictionHour(Model, at)}blue-1-{_predictions:D6}.jsonl.gz", bytes.ToArray());
        return [.. records.Select(record => record.PredictionId)];
    }

    public async Task Put(string key, byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        await Store.PutAsync(key, stream, PutCondition.None);
    }

    public void Dispose() => TestFolder.Remove(_root);

    private static IReadOnlyList<Color> BothColors => Registry.Channels.Colors.All;

    private async Task<Lineage> Claims(string csv, string file)
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        await Puts(csv, file);
        var request = new TrainingRequest(
            Model, Spec(), StoreKeys.Dataset(Model, file), new(new('c', 40), false), new("release-1", "X64", new Dictionary<string, string>()), "ada");
        var job = await new DatasetArrived(Store, Time).HandleAsync(request, default);
        return job.Lineage with { Dataset = job.Lineage.Dataset with { Rows = csv.Count(letter => letter == '\n') - 1 }, FinishedAt = Time.GetUtcNow() };
    }

    private byte[] Spec() => Encoding.UTF8.GetBytes(
        $$"""
        {
          "description": "Patients that are about to fall ill", "task": "binary", "label": "ill", "trainer": "linear", "id": ["patient"],
          "features": { "age": "numeric", {{JsonSerializer.Serialize(Word)}}: "categorical" },
          "personal": [{{(IsPersonal ? "\"age\"" : "")}}],
          "split": { "validation": {{JsonSerializer.Serialize(Share)}}, "holdout": {{JsonSerializer.Serialize(Share)}} },
          "gates": { "metrics": { "averagePrecision": { "atLeast": 0.5 } } }
        }
        """);

    // the next job gets it as the champion
    private async Task<ArtifactReference> Leaves(string job)
    {
        byte[] onnx = [0x08, 0x08, 0x3A, 0x02, 0x12, 0x00, 0x12, (byte)job.Length, .. Encoding.ASCII.GetBytes(job)];
        var archive = await PackedArtifact.CreateAsync(new Dictionary<string, byte[]> { [ArtifactFiles.Onnx] = onnx });
        await Put(StoreKeys.TrainingArtifact(job), archive);
        return new(
            StoreKeys.TrainingArtifact(job), (await Store.HeadAsync(StoreKeys.TrainingArtifact(job)))!.Version, archive.Length,
            Convert.ToHexStringLower(SHA256.HashData(archive)), Convert.ToHexStringLower(SHA256.HashData(onnx)));
    }

    private ModelManifest Manifest(int version, Lineage lineage, ArtifactReference artifact, HistoryHead head) => new(
        Model, version, artifact,
        new(ModelTask.Binary, "ill", [new("age", ColumnKind.Numeric, null, 60, 0, 99), new(Word, ColumnKind.Categorical, ["A", "B"], null, null, null)],
            ["age", $"{Word}=A", $"{Word}=B"], new("probability", "FP32", [-1, 1]), 0.5, ["0", "1"]),
        new(new Dictionary<string, Metric> { ["averagePrecision"] = new(0.9, 0.85, 0.95) }, [], null, new(3, 1, 1, 1, new Dictionary<string, double>(), 0.5), 10, 9),
        new(true, null, [new($"metric averagePrecision of {Word}", true, 0.9, ">= 0.5", "averagePrecision on the holdout is 0.9.")]),
        lineage, Time.GetUtcNow(), head);
}
