using System.Text.Json;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Artifacts;

/// <summary>The golden sets of versions: rows with the predictions that the model must return.</summary>
public sealed class GoldenSets(IObjectStore store)
{
    /// <summary>Bytes of <c>golden.json</c>: thousands of rows with hundreds of columns stay far below this.</summary>
    public const long MaxFileBytes = 64 * 1024 * 1024;

    /// <summary>The golden set of a version, from its verified archive: if this succeeds, a server would accept the archive.</summary>
    public Task<GoldenSet> ReadAsync(ModelManifest manifest, CancellationToken cancellation) => new ArtifactFetcher(store).WithUnpackedAsync(
        manifest.Artifact,
        async folder =>
        {
            try
            {
                await using var file = File.OpenRead(Path.Combine(folder, ArtifactFiles.Golden));
                if (file.Length > MaxFileBytes)
                    throw Unusable(manifest, $"has {file.Length:N0} bytes, more than {MaxFileBytes:N0}");
                return await JsonSerializer.DeserializeAsync(file, RegistryJson.Default.GoldenSet, cancellation) ?? throw Unusable(manifest, "is null");
            }
            catch (FileNotFoundException e)
            {
                throw Unusable(manifest, "is not there", e);
            }
            catch (JsonException e)
            {
                throw Unusable(manifest, $"cannot be read: {e.Message.TrimEnd('.')}", e);
            }
        },
        cancellation);

    private static InvalidArtifactException Unusable(ModelManifest manifest, string how, Exception? inner = null)
    {
        var message = $"{ArtifactFiles.Golden} in '{manifest.Artifact.Key}' {how}, and no server serves a version that it cannot verify. Train '{manifest.Model}' again.";
        return inner is null ? new(message) : new(message, inner);
    }
}
