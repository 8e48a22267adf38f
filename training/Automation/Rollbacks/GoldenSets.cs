using System.Text.Json;
using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>The golden sets of versions: questions with the answers that the model has to give.</summary>
public sealed class GoldenSets(IObjectStore store)
{
    /// <summary>The golden set of a version, out of its verified archive: who gets it knows that a server would accept the archive.</summary>
    public Task<GoldenSet> ReadAsync(ModelManifest manifest, CancellationToken cancellation) => new ArtifactFetcher(store).WithUnpackedAsync(
        manifest.Artifact,
        async folder =>
        {
            await using var file = File.OpenRead(Path.Combine(folder, ArtifactFiles.Golden));
            return await JsonSerializer.DeserializeAsync(file, RegistryJson.Default.GoldenSet, cancellation)
                ?? throw new SlipwayException($"{ArtifactFiles.Golden} of '{manifest.Model}' version {manifest.Version} holds nothing.");
        },
        cancellation);
}
