using System.Text.Json;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Artifacts;

/// <summary>The baselines of versions: the distribution of their training data.</summary>
public sealed class FeatureBaselines(IObjectStore store)
{
    /// <summary>Bytes of <c>baseline.json</c>: a thousand columns stay far below this.</summary>
    public const long MaxFileBytes = 16 * 1024 * 1024;

    /// <summary>The baseline of a version, from its verified archive; null if it has none that can be read.</summary>
    public Task<FeatureBaseline?> ReadAsync(ModelManifest manifest, CancellationToken cancellation) => new ArtifactFetcher(store).WithUnpackedAsync(
        manifest.Artifact,
        async folder =>
        {
            var file = new FileInfo(Path.Combine(folder, ArtifactFiles.Baseline));
            if (!file.Exists || file.Length > MaxFileBytes)
                return null;
            try
            {
                await using var content = file.OpenRead();
                return await CompleteJson.DeserializeAsync(content, RegistryJson.Default.FeatureBaseline, cancellation);
            }
            catch (JsonException)
            {
                return null;
            }
        },
        cancellation);
}
