using System.Security.Cryptography;
using Slipway.Build.Tests.Environments.Reproduction;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Artifacts;

namespace Slipway.Build.Tests.Environments.SmokeTests;

/// <summary>Puts a model with a golden set into a store, and its channels onto it.</summary>
internal static class LiveModel
{
    public static GoldenSet Golden { get; } = new(
        [new Dictionary<string, string?> { ["pressure"] = "1" }, new Dictionary<string, string?> { ["pressure"] = null }], [[1f], [0f]], [[0.5f], [0.25f]], 1e-5);

    public static async Task<ModelManifest> PublishAsync(IObjectStore store, IManifestSigner signer, string model, params Color[] colors)
    {
        var job = $"{model}-0123456789ab-a{colors.Length}";
        byte[] onnx = [0x08, 0x08, 0x3A, 0x02, 0x12, 0x00];
        var archive = await PackedArtifact.CreateAsync(onnx, Golden);
        var key = $"training-jobs/{job}/output/model.tar.gz";
        var stored = await store.PutAsync(key, new MemoryStream(archive), PutCondition.Absent, default);
        var reference = new ArtifactReference(key, stored!.Version, archive.Length, Hash(archive), Hash(onnx));
        var made = await new ModelVersions(store).RegisterAsync(
            model, version => RegisteredModel.Manifest with
            {
                Model = model,
                Version = version,
                Artifact = reference,
                Lineage = RegisteredModel.Manifest.Lineage with { TrainingJob = job, Model = model },
            },
            signer, default);
        await new ModelChannels(store, TimeProvider.System).MoveAsync(new(model, made.Version, HistoryAction.Publish, colors, "ann", "trained", []), default);
        return made;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
