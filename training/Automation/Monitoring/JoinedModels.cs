using System.Text.Json;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Monitoring;

/// <summary>The versions whose predictions are joined, read once: a version never changes.</summary>
public sealed class JoinedModels(IObjectStore store)
{
    private readonly Dictionary<(string Model, int Version), JoinedModel?> _known = [];

    /// <returns>Null if the version is gone.</returns>
    public async Task<JoinedModel?> FindAsync(string model, int version, CancellationToken cancellation)
    {
        if (_known.TryGetValue((model, version), out var known))
            return known;
        var found = await ReadAsync(model, version, cancellation);
        _known.Add((model, version), found);
        return found;
    }

    /// <summary>Of a version that has been found before.</summary>
    public JoinedModel? Known(string model, int version) => _known.GetValueOrDefault((model, version));

    private async Task<JoinedModel?> ReadAsync(string model, int version, CancellationToken cancellation)
    {
        try
        {
            if (!ModelName.IsValid(model) || await new ModelVersions(store).GetAsync(model, version, cancellation) is not { } manifest)
                return null;
            var (spec, estimator) = await EvidenceAsync(manifest, cancellation);
            return new(version, manifest.Schema, spec, estimator, manifest.Metrics.Data.LabelValues?.Mean);
        }
        catch (UnreadableObjectException)
        {
            return null;
        }
    }

    /// <summary>Without its archive, a version still has metrics, but no estimates, slices or value.</summary>
    private async Task<(ModelSpec? Spec, QualityEstimator? Estimator)> EvidenceAsync(ModelManifest manifest, CancellationToken cancellation)
    {
        try
        {
            return await new ArtifactFetcher(store).WithUnpackedAsync(manifest.Artifact, folder => Task.FromResult((Spec(folder), Estimator(folder, manifest.Schema))), cancellation);
        }
        catch (Exception e) when (e is InvalidArtifactException or SlipwayException)
        {
            return (null, null);
        }
    }

    private static ModelSpec Spec(string folder) => ModelSpecReader.Read(File.ReadAllBytes(Path.Combine(folder, ArtifactFiles.Spec)), ArtifactFiles.Spec);

    // archives of earlier jobs have none
    private static QualityEstimator? Estimator(string folder, ModelSchema schema)
    {
        var path = Path.Combine(folder, ArtifactFiles.Estimator);
        if (!File.Exists(path))
            return null;
        try
        {
            var estimator = CompleteJson.Deserialize(File.ReadAllBytes(path), RegistryJson.Default.QualityEstimator);
            return estimator?.Flaw(schema) is null ? estimator : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
