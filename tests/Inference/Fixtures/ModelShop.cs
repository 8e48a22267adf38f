using System.Security.Cryptography;
using Slipway.Inference.Tests.Models;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Artifacts;

namespace Slipway.Inference.Tests.Fixtures;

/// <summary>Writes to a store what training and automation write, as far as servers read it: archives, versions and channels.</summary>
internal sealed class ModelShop(IObjectStore store)
{
    public const string Model = "pump";

    /// <summary>The same for all: it costs more to make than to use.</summary>
    public static LocalKeySigner Key { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Signs versions that are registered from now on.</summary>
    public IManifestSigner Signer { get; set; } = Key;

    private readonly ModelVersions _versions = new(store);
    private readonly ModelChannels _channels = new(store, TimeProvider.System);
    private int _jobs;

    /// <summary>Registers a version and points both channels at it.</summary>
    public async Task<ModelManifest> PublishAsync(TestModel version, string model = Model, ArchiveFault fault = ArchiveFault.None)
    {
        var manifest = await RegisterAsync(version, model, fault);
        await PointAsync(manifest.Version, model);
        return manifest;
    }

    /// <param name="disagreement">With the champion, as the gate measured it.</param>
    public async Task<ModelManifest> RegisterAsync(
        TestModel version, string model = Model, ArchiveFault fault = ArchiveFault.None, PredictedDisagreement? disagreement = null, int? champion = null)
    {
        var onnx = version.ToOnnx();
        var archive = await PackedArtifact.CreateAsync(onnx, version.ToGolden(), version.Baseline);
        return await RegisterAsync(model, TestModel.Schema, onnx, archive, fault, disagreement, champion);
    }

    public async Task<ModelManifest> RegisterAsync(
        string model, ModelSchema schema, byte[] onnx, byte[] archive, ArchiveFault fault = ArchiveFault.None, PredictedDisagreement? disagreement = null, int? champion = null)
    {
        var job = $"{model}-0123456789ab-a{Interlocked.Increment(ref _jobs)}";
        var sha256 = fault == ArchiveFault.WrongDigest ? new string('0', 64) : Sha256(archive);
        var key = StoreKeys.TrainingArtifact(job);
        using var content = new MemoryStream(Damage(archive, fault));
        var stored = await store.PutAsync(key, content, PutCondition.Absent) ?? throw new InvalidOperationException($"{key} is there already.");
        var artifact = new ArtifactReference(key, stored.Version, archive.Length, sha256, Sha256(onnx));
        return await _versions.RegisterAsync(model, number => new(
            model, number, artifact, schema, Metrics(onnx) with { Disagreement = disagreement }, new(true, champion, []), Lineage(model, job), DateTimeOffset.UnixEpoch), Signer, CancellationToken.None);
    }

    public Task PointAsync(int version, string model = Model) => _channels.MoveAsync(
        new(model, version, HistoryAction.Publish, Colors.All, "tests", $"Serve version {version}."), CancellationToken.None);

    /// <summary>Rolls back as people do: the version that is left is blocked.</summary>
    public async Task RollBackAsync(int version, int from, string model = Model) => await _channels.MoveAsync(
        new(model, version, HistoryAction.Rollback, Colors.All, "tests", $"Back to version {version}.", [(await _versions.GetAsync(model, from, CancellationToken.None))!.Artifact.OnnxSha256]),
        CancellationToken.None);

    /// <summary>Points the channel of a color at a version that may have no manifest, which automation never does.</summary>
    public Task PointBlindlyAsync(int version, string model = Model, Color color = Color.Blue) => store.WriteAsync(
        StoreKeys.Channel(model, color), new ChannelPointer(version, null, [], 1, ""), RegistryJson.Default.ChannelPointer, PutCondition.None);

    private static byte[] Damage(byte[] archive, ArchiveFault fault)
    {
        var damaged = fault == ArchiveFault.Truncated ? archive[..(archive.Length / 2)] : [.. archive];
        if (fault == ArchiveFault.FlippedBit)
            damaged[damaged.Length / 2] ^= 1;
        return damaged;
    }

    private static ModelMetrics Metrics(byte[] onnx) =>
        new(new Dictionary<string, Metric>(), [], null, new(0, 0, 0, 0, new Dictionary<string, double>(), null), 1, onnx.Length);

    private static Lineage Lineage(string model, string job) => new(
        job, model, new("datasets/none.csv", "1", new string('a', 64), 1, 1), new string('b', 64), "none", new Dictionary<string, string>(), 1,
        new("unknown", false), new("none", "X64", new Dictionary<string, string>()), null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

public enum ArchiveFault
{
    None,
    FlippedBit,
    Truncated,
    WrongDigest,
}
