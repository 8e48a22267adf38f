using Slipway.Build.Environments.Reproduction;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Build.Tests.Environments.Reproduction;

/// <summary>A manifest as reports and checks see it.</summary>
internal static class RegisteredModel
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    public static ModelManifest Manifest { get; } = new(
        "pumps", 3, new("training-jobs/pumps-a1/output/model.tar.gz", "v", 100, new('b', 64), new('e', 64)),
        new(ModelTask.Binary, "failed", [], [], new("probability", "FP32", [-1, 1]), 0.5, ["0", "1"]),
        new(new Dictionary<string, Metric>(), [], null, new(1, 1, 0, 0, new Dictionary<string, double>(), null), 1, 1),
        new(true, null, []),
        new("pumps-0123456789ab-a1", "pumps", new("datasets/pumps/a.csv", "v", new('d', 64), 10, 1), new('f', 64), "linear",
            new Dictionary<string, string> { ["l2"] = "0.1" }, 7, new(Commit, Dirty: false),
            new("release", "x64", new Dictionary<string, string> { ["ML.NET"] = "5.0.1", ["LightGBM"] = "4.7.0" }), null, default, null),
        default);

    public static ModelManifest From(SourceReference source) => Manifest with { Lineage = Manifest.Lineage with { Source = source } };

    /// <summary>Registers versions from 1 on, and publishes one after the other.</summary>
    public static async Task PublishAsync(IObjectStore store, int versions, IManifestSigner signer)
    {
        for (var version = 1; version <= versions; version++)
        {
            var job = $"pumps-0123456789ab-a{version}";
            var made = await new ModelVersions(store).RegisterAsync(
                "pumps", number => Manifest with { Version = number, Lineage = Manifest.Lineage with { TrainingJob = job } }, signer, default);
            await new ModelChannels(store, TimeProvider.System).MoveAsync(
                new("pumps", made.Version, HistoryAction.Publish, Colors.All, "ann", "trained", []), default);
        }
    }

    /// <summary>The same job again, with differences.</summary>
    public static ReproducedVersion Again(string onnx, string architecture = "x64", string mlNet = "5.0.1", string l2 = "0.1") => new(
        Manifest, new(onnx, new TrainingEvidence(
            "linear", new Dictionary<string, string> { ["l2"] = l2 }, 7, new('d', 64), 1, onnx, architecture,
            new Dictionary<string, string> { ["ML.NET"] = mlNet, ["LightGBM"] = "4.7.0" })));
}
