using Slipway.Registry;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Artifacts;

namespace Slipway.Gateway.Tests.Probes;

/// <summary>Registered versions of a model that returns a tenth of its only input, as far as a gateway can tell.</summary>
internal static class GoldenVersions
{
    public const string Model = "pumps";

    public static ModelSchema Schema { get; } = new(
        ModelTask.Binary, "failure", [new("torque", ColumnKind.Numeric, null, 0, 0, 100)], ["torque"], ModelSchema.OutputOf(ModelTask.Binary, 2), 0.5, ["no", "yes"]);

    public static GoldenSet Golden(int rows = 3) => new(
        [], [.. Enumerable.Range(1, rows).Select(i => (float[])[i])], [.. Enumerable.Range(1, rows).Select(i => (float[])[i / 10f])], 0.001);

    /// <summary>A graph without nodes, with the version as the producer's name.</summary>
    private static byte[] Onnx(int version) => [0x3A, 0x00, 0x12, 0x01, (byte)version];

    public static string OnnxSha256(int version) => Sha256Hex.Of(Onnx(version));

    /// <param name="damage">Changes the archive after it was registered.</param>
    public static async Task RegisterAsync(
        IObjectStore store, int version, string model = Model, GoldenSet? golden = null, Func<byte[], byte[]>? damage = null, FeatureBaseline? baseline = null,
        ModelSchema? schema = null)
    {
        var archive = await PackedArtifact.CreateAsync(Onnx(version), golden ?? Golden(), baseline);
        var key = StoreKeys.TrainingArtifact($"{model}-{version}-a1");
        var stored = await store.PutAsync(key, new MemoryStream(damage?.Invoke(archive) ?? archive), PutCondition.None, default);
        var manifest = Manifest(version, schema ?? Schema, model, new(key, stored!.Version, archive.Length, Sha256Hex.Of(archive), OnnxSha256(version)));
        await store.WriteAsync(StoreKeys.Version(model, version), manifest, RegistryJson.Default.ModelManifest, PutCondition.None);
    }

    public static ModelManifest Manifest(int version, ModelSchema schema, string model = Model, ArtifactReference? artifact = null) => new(
        model, version, artifact ?? new("key", "v", 1, "sha", OnnxSha256(version)), schema,
        new(new Dictionary<string, Metric>(), [], null, new(10, 8, 1, 1, new Dictionary<string, double>(), 0.1), 1, 4), new(true, null, []),
        new($"{model}-{version}-a1", model, new("datasets/a.csv", "v", null, 1, 10), "", "linear", new Dictionary<string, string>(), 1,
            new("unknown", true), new("release", "X64", new Dictionary<string, string>()), null, default, null),
        default);
}
