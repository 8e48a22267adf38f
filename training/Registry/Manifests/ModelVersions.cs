using System.Runtime.CompilerServices;

namespace Slipway.Registry;

/// <summary>The registered versions of models. A version is its manifest: written once, never changed.</summary>
public sealed class ModelVersions(IObjectStore store)
{
    // thousands of columns with their categories stay far below this
    private const int LargestManifest = 64 * 1024 * 1024;

    public async Task<ModelManifest?> GetAsync(string model, int version, CancellationToken cancellation) =>
        (await FindAsync(model, version, cancellation))?.Parse();

    /// <summary>A manifest as it is stored, unread; null when there is none.</summary>
    public async Task<StoredManifest?> FindAsync(string model, int version, CancellationToken cancellation)
    {
        ModelName.Check(model);
        if (await store.GetAsync(StoreKeys.Version(model, version), cancellation: cancellation) is not { } found)
            return null;

        await using (found)
            return new(model, version, await StoredBytes.ReadAsync(found, LargestManifest, cancellation));
    }

    /// <summary>SHA-256 of a manifest's stored bytes; null when there is none. It is never written again, so neither does this change.</summary>
    public async Task<string?> Sha256Async(string model, int version, CancellationToken cancellation) =>
        (await FindAsync(model, version, cancellation))?.Sha256;

    /// <summary>The numbers of all versions, ascending.</summary>
    public async IAsyncEnumerable<int> ListAsync(string model, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ModelName.Check(model);
        await foreach (var found in store.ListAsync(StoreKeys.Versions(model), cancellation))
            if (StoreKeys.NumberOf(found.Key) is { } version)
                yield return version;
    }

    /// <summary>The names that have a channel or a version, in order.</summary>
    public async Task<IReadOnlyList<string>> ModelsAsync(CancellationToken cancellation)
    {
        var models = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var found in store.ListAsync(StoreKeys.Models, cancellation))
            if (found.Key.Split('/') is [_, var model, "channels" or "versions", _] && ModelName.IsValid(model))
                models.Add(model);
        return [.. models];
    }

    /// <summary>The version that came out of a training job; null while there is none.</summary>
    public async Task<ModelManifest?> FindByTrainingJobAsync(string model, string job, CancellationToken cancellation)
    {
        // newest first: who asks has most often just trained
        for (var version = await LastNumberAsync(model, cancellation); version > 0; version--)
            if (await ReadableAsync(model, version, cancellation) is { } manifest && manifest.Lineage.TrainingJob == job)
                return manifest;
        return null;
    }

    // A manifest that somebody damaged by hand is no reason to stop training; who asks for that very version gets the error.
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
    /// Claims the next number and writes the manifest that <paramref name="manifest"/> makes for it, after its signature, so that none is ever
    /// there without one. A training job is registered once: asked again, also from elsewhere at the same moment, this returns the version that the job already has.
    /// </summary>
    /// <param name="manifest">Called once for every number tried.</param>
    public async Task<ModelManifest> RegisterAsync(
        string model, Func<int, ModelManifest> manifest, IManifestSigner signer, CancellationToken cancellation)
    {
        var version = await LastNumberAsync(model, cancellation) + 1;
        var made = Made(manifest, model, version);
        if (await FindByTrainingJobAsync(model, made.Lineage.TrainingJob, cancellation) is { } registered)
            return registered;

        while (!await TryWriteAsync(made, signer, cancellation))
        {
            // Numbers are claimed one after the other, so whoever has the same job has one of those that were lost.
            if (await GetAsync(model, version, cancellation) is { } winner && winner.Lineage.TrainingJob == made.Lineage.TrainingJob)
                return winner;
            made = Made(manifest, model, ++version);
        }

        return made;
    }

    private async Task<int> LastNumberAsync(string model, CancellationToken cancellation)
    {
        var last = 0;
        await foreach (var version in ListAsync(model, cancellation))
            last = version;
        return last;
    }

    private static ModelManifest Made(Func<int, ModelManifest> manifest, string model, int version)
    {
        var made = manifest(version);
        return made.Model == model && made.Version == version
            ? made
            : throw new ArgumentException($"The manifest is for {made.Model} version {made.Version}, but {model} version {version} is being registered.", nameof(manifest));
    }

    // Signed are the very bytes that are written. A signature whose number went to another vouches for bytes that nobody has.
    private async Task<bool> TryWriteAsync(ModelManifest manifest, IManifestSigner signer, CancellationToken cancellation)
    {
        var stored = StoredManifest.Of(manifest);
        await new ManifestSignatures(store).SignAsync(stored, signer, cancellation);
        using var content = new MemoryStream(stored.Bytes, writable: false);
        return await store.PutAsync(stored.Key, content, PutCondition.Absent, cancellation) is not null;
    }
}
