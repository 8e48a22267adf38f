using Slipway.Inference.Generations;
using Slipway.Inference.Options;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Inference.Slots;

/// <summary>A server's queries to the store about models. Each has a deadline, even if the store ignores cancellation.</summary>
public sealed class ModelSource(IObjectStore store, GenerationLoader loader, InferenceOptions options, TimeProvider time)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private const int AtOnce = 16;

    private SignaturePolicy _signatures = options.SignaturePolicy;
    private CatalogRead _catalog = new(null, null);
    private readonly Color _color = options.ColorValue;

    public void CleanUp() => loader.CleanUp();

    /// <summary>At server shutdown: waits, for a while, until nothing of this server writes files or frees memory any more.</summary>
    public Task EndAsync() => loader.Late.EndAsync();

    /// <summary>The catalog as it was last read.</summary>
    public ChannelWatch Channels { get; } = new();

    /// <summary>Checks whether the catalog of this server's color has changed.</summary>
    /// <returns>Null if it has not, or if there is none.</returns>
    public async Task<ChannelCatalog?> CatalogAsync(CancellationToken stop)
    {
        var read = new CatalogRead(null, null);
        try
        {
            read = await WithinAsync(options.StoreTimeout, ReadCatalogAsync, stop);
            return _catalog.Catalog == read.Catalog ? null : read.Catalog;
        }
        finally
        {
            // an unreadable catalog says nothing about any channel, not even that it has not moved
            _catalog = read;
            Channels.Update(read.Catalog);
        }
    }

    private async Task<CatalogRead> ReadCatalogAsync(CancellationToken cancellation)
    {
        var read = await store.GetIfChangedAsync(StoreKeys.Catalog(_color), _catalog.ETag, cancellation);
        if (read.Found is not { } found)
            return read.Unchanged ? _catalog : new(null, null);

        await using (found)
            return new(await ChannelCatalogs.ParseAsync(found, cancellation), found.Info.ETag);
    }

    /// <summary>The models that have a channel for this server's color, by their names in the store only.</summary>
    /// <param name="known">Models that need not be checked.</param>
    public Task<IReadOnlyList<string>> ModelsAsync(Func<string, bool> known, CancellationToken stop) => WithinAsync(options.StoreTimeout, async cancellation =>
    {
        var names = await store.ListFoldersAsync(StoreKeys.Models, cancellation).Select(folder => folder[StoreKeys.Models.Length..^1])
            .Where(model => ModelName.IsValid(model) && !known(model)).ToListAsync(cancellation);
        var models = new List<string>();
        foreach (var some in names.Chunk(AtOnce))
        {
            var pointers = await Task.WhenAll(some.Select(model => store.HeadAsync(StoreKeys.Channel(model, _color), cancellation: cancellation)));
            models.AddRange(some.Where((_, at) => pointers[at] is not null));
        }

        return (IReadOnlyList<string>)models;
    }, stop);

    /// <summary>Returns null if the channel does not exist, or has not moved since the last read.</summary>
    public Task<PointerRead> PointerAsync(string model, string? etag, CancellationToken stop) => Channels.IsKnown(model, etag)
        ? Task.FromResult(new PointerRead(null, etag))
        : WithinAsync(options.StoreTimeout, cancellation => ReadPointerAsync(model, etag, cancellation), stop);

    private async Task<PointerRead> ReadPointerAsync(string model, string? etag, CancellationToken cancellation)
    {
        var read = await store.GetIfChangedAsync(StoreKeys.Channel(model, _color), etag, cancellation);
        if (read.Found is not { } found)
            return new(null, read.Unchanged ? etag : null, Channels.Compare(model, read.Unchanged ? etag : null));

        await using (found)
            return new(await StoreJson.DeserializeAsync(found, RegistryJson.Default.ChannelPointer, cancellation), found.Info.ETag, Channels.Compare(model, found.Info.ETag));
    }

    /// <summary>Returns at the next read of the catalog, when that is overdue, or when a request needs the model.</summary>
    public async Task PolledAsync(Task wanted, CancellationToken stop)
    {
        await ((Task)Task.WhenAny(Channels.Updated, wanted)).WaitAsync(options.PollInterval * 2, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
    }

    /// <summary>Returns null while the version has no manifest: then it does not exist yet.</summary>
    /// <exception cref="SignatureException">No trusted key signed it, but one has to.</exception>
    public Task<CheckedManifest?> ManifestAsync(string model, int version, CancellationToken stop) =>
        WithinAsync(options.StoreTimeout, cancellation => Signatures().ReadAsync(store, model, version, cancellation), stop);

    // Read each time: a key may have been added since startup. While the file is missing, its last content applies.
    private SignaturePolicy Signatures()
    {
        try
        {
            return _signatures = options.SignaturePolicy;
        }
        catch (SlipwayException)
        {
            return _signatures;
        }
    }

    /// <summary>Fetches a version, within the store's deadline.</summary>
    /// <exception cref="InvalidArtifactException">The archive does not match the manifest, or is not safe.</exception>
    public Task<FetchedModel> FetchAsync(ModelManifest manifest, CancellationToken stop) =>
        WithinAsync(options.LoadTimeout, cancellation => loader.FetchAsync(manifest, cancellation), stop, late => late.Dispose());

    /// <summary>Verifies a version, within its own deadline, and deletes its files.</summary>
    /// <param name="replay">Verifies it on recent requests.</param>
    /// <exception cref="ModelRejectedException">The version arrived and must not be served.</exception>
    public Task<ModelGeneration> ProveAsync(FetchedModel fetched, Action<ModelGeneration, CancellationToken> replay, CancellationToken stop) =>
        loader.ProveAsync(fetched, replay, stop);

    /// <param name="late">What to do with a result that arrives after the wait has ended.</param>
    private async Task<T> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> question, CancellationToken stop, Action<T>? late = null)
    {
        using var deadline = new Deadline(limit, time, stop);
        var asked = question(deadline.Token);
        try
        {
            return await asked.WaitAsync(limit + Grace, time, stop);
        }
        catch (Exception e) when (e is TimeoutException || (e is OperationCanceledException && deadline.HasPassed))
        {
            throw new TimeoutException($"The store did not respond within {limit:c}.", e);
        }
        finally
        {
            if (late is not null && !asked.IsCompleted)
                loader.Late.Add(asked.ContinueWith(answer => late(answer.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default));
        }
    }
}

/// <param name="Channel">Null if it is gone or has not changed.</param>
/// <param name="ETag">To be passed to the next read.</param>
/// <param name="CatalogIsBehind">The catalog still points to another version than the channel does.</param>
public sealed record PointerRead(ChannelPointer? Channel, string? ETag, bool CatalogIsBehind = false);

internal sealed record CatalogRead(ChannelCatalog? Catalog, string? ETag);
