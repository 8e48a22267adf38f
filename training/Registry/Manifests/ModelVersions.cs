using System.Runtime.CompilerServices;
using Slipway.Registry.Lineages;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Manifests;

/// <summary>The registered versions of models. A version is its manifest: written once, never changed.</summary>
public sealed class ModelVersions(IObjectStore store)
{
    // thousands of columns with their categories stay far below this
    private const int MaxManifestBytes = 64 * 1024 * 1024;

    private const int AtOnce = 16;

    public async Task<ModelManifest?> GetAsync(string model, int version, CancellationToken cancellation) =>
        (await FindAsync(model, version, cancellation))?.Parse();

    /// <summary>The stored bytes of a manifest, not parsed; null if there is none.</summary>
    public async Task<StoredManifest?> FindAsync(string model, int version, CancellationToken cancellation)
    {
        ModelName.Check(model);
        if (await store.GetAsync(StoreKeys.Version(model, version), cancellation: cancellation) is not { } found)
            return null;

        await using (found)
            return new(model, version, await StoredBytes.ReadAsync(found, MaxManifestBytes, cancellation));
    }

    /// <summary>SHA-256 of a manifest's stored bytes; null if there is none. A manifest is never overwritten, so this does not change.</summary>
    public async Task<string?> Sha256Async(string model, int version, CancellationToken cancellation) =>
        (await FindAsync(model, version, cancellation))?.Sha256;

    /// <summary>The numbers of all versions, ascending.</summary>
    public IAsyncEnumerable<int> ListAsync(string model, CancellationToken cancellation) => ListAsync(model, after: 0, cancellation);

    private async IAsyncEnumerable<int> ListAsync(string model, int after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ModelName.Check(model);
        await foreach (var key in store.ListKeysAsync(StoreKeys.Versions(model), StoreKeys.Version(model, after), cancellation))
            if (StoreKeys.NumberOf(key) is { } version)
                yield return version;
    }

    /// <summary>The names that have a channel or a version, in order.</summary>
    public async Task<IReadOnlyList<string>> ModelsAsync(CancellationToken cancellation)
    {
        var names = await store.ListFoldersAsync(StoreKeys.Models, cancellation)
            .Select(folder => folder[StoreKeys.Models.Length..^1]).Where(ModelName.IsValid).ToListAsync(cancellation);
        var models = new List<string>();
        foreach (var some in names.Chunk(AtOnce))
        {
            var known = await Task.WhenAll(some.Select(model => IsKnownAsync(model, cancellation)));
            models.AddRange(some.Where((_, at) => known[at]));
        }

        return models;
    }

    private async Task<bool> IsKnownAsync(string model, CancellationToken cancellation) => await store
        .ListFoldersAsync(StoreKeys.Model(model), cancellation)
        .AnyAsync(folder => folder == StoreKeys.Channels(model) || folder == StoreKeys.Versions(model), cancellation);

    /// <summary>The version that a training job produced; null if there is none.</summary>
    public Task<ModelManifest?> FindByTrainingJobAsync(Lineage lineage, CancellationToken cancellation) =>
        FindByTrainingJobAsync(lineage, since: null, cancellation);

    /// <param name="since">The versions that were registered since the job started; null if they have not been listed.</param>
    private async Task<ModelManifest?> FindByTrainingJobAsync(Lineage lineage, IReadOnlyList<int>? since, CancellationToken cancellation)
    {
        if (await RegisteredAsync(lineage.TrainingJob, cancellation) is { } registered)
            return await OfJobAsync(lineage, registered.Version, cancellation);

        // Its handler died between manifest and record, or is from a release that wrote no records; usually it has no version. A job's version comes
        // after the champion that existed when the job started, which had its number by then.
        since ??= await ListAsync(lineage.Model, lineage.Parent ?? 0, cancellation).ToListAsync(cancellation);
        foreach (var version in since.Reverse())
            if (await OfJobAsync(lineage, version, cancellation) is { } manifest)
                return await RecordAsync(manifest, cancellation);
        return null;
    }

    private async Task<ModelManifest?> OfJobAsync(Lineage lineage, int version, CancellationToken cancellation) =>
        await ReadableAsync(lineage.Model, version, cancellation) is { } manifest && manifest.Lineage.TrainingJob == lineage.TrainingJob ? manifest : null;

    private async Task<RegisteredVersion?> RegisteredAsync(string job, CancellationToken cancellation) =>
        (await store.ReadAsync(StoreKeys.TrainingRegistered(job), RegistryJson.Default.RegisteredVersion, cancellation))?.Value;

    // Written once, after the manifest: a job that refers to a version has one.
    private async Task<ModelManifest> RecordAsync(ModelManifest manifest, CancellationToken cancellation)
    {
        await store.WriteAsync(
            StoreKeys.TrainingRegistered(manifest.Lineage.TrainingJob), new(manifest.Model, manifest.Version), RegistryJson.Default.RegisteredVersion,
            PutCondition.Absent, cancellation);
        return manifest;
    }

    // A manifest that somebody damaged by hand is no reason to stop training; reading that very version fails.
    private async Task<ModelManifest?> ReadableAsync(string model, int version, CancellationToken cancellation)
    {
        try
        {
            return await GetAsync(model, version, cancellation);
        }
        catch (UnreadableObjectException)
        {
            return null;
        }
    }

    /// <summary>
    /// Claims the next number and writes the manifest that <paramref name="manifest"/> creates for it, after its signature, so that no manifest ever
    /// exists without one. A training job is registered once: repeated or concurrent calls return the version that the job already has.
    /// </summary>
    /// <param name="manifest">Called for every number that is tried, and once before.</param>
    public async Task<ModelManifest> RegisterAsync(
        string model, Func<int, ModelManifest> manifest, IManifestSigner signer, CancellationToken cancellation)
    {
        var parent = Made(manifest, model, 1).Lineage.Parent ?? 0;
        var since = await ListAsync(model, parent, cancellation).ToListAsync(cancellation);
        var version = since.LastOrDefault(parent) + 1;
        var made = Made(manifest, model, version);
        if (await FindByTrainingJobAsync(made.Lineage, since, cancellation) is { } registered)
            return registered;

        while (!await TryWriteAsync(made, signer, cancellation))
        {
            // Numbers are claimed in order, so if somebody else registered the same job, it has one of the numbers that were lost.
            if (await OfJobAsync(made.Lineage, version, cancellation) is { } winner)
                return await RecordAsync(winner, cancellation);
            made = Made(manifest, model, ++version);
        }

        return await RecordAsync(made, cancellation);
    }

    private static ModelManifest Made(Func<int, ModelManifest> manifest, string model, int version)
    {
        var made = manifest(version);
        return made.Model == model && made.Version == version
            ? made
            : throw new ArgumentException($"The manifest is for {made.Model} version {made.Version}, but {model} version {version} is being registered.", nameof(manifest));
    }

    // The signature covers the very bytes that are written. If the number went to somebody else, it covers bytes that nobody has.
    private async Task<bool> TryWriteAsync(ModelManifest manifest, IManifestSigner signer, CancellationToken cancellation)
    {
        var stored = StoredManifest.Of(manifest);
        await new ManifestSignatures(store).SignAsync(stored, signer, cancellation);
        using var content = new MemoryStream(stored.Bytes, writable: false);
        return await store.PutAsync(stored.Key, content, PutCondition.Absent, cancellation) is not null;
    }
}
