using Slipway.Registry.Storage;

namespace Slipway.Registry.Channels;

/// <summary>Keeps the catalogs in sync with the channels. They are updated after a channel has moved; one that is missing or damaged is recreated.</summary>
/// <remarks>
/// A mover reads the catalog, then the channel, and writes by compare-and-swap. If two processes move one channel, the one that read it before the other moved it
/// also read the catalog before the other wrote it, so its write fails and it reads again: the catalog ends in the state of the last move.
/// </remarks>
public sealed class ChannelCatalogs(IObjectStore store)
{
    // some hundred bytes per model
    private const int MaxCatalogBytes = 64 * 1024 * 1024;

    private const int AtOnce = 16;

    /// <exception cref="UnreadableObjectException">It is not a catalog.</exception>
    public static async Task<ChannelCatalog> ParseAsync(StoredObject found, CancellationToken cancellation) => found.Info.Length <= MaxCatalogBytes
        ? await StoreJson.DeserializeAsync(found, RegistryJson.Default.ChannelCatalog, cancellation)
        : throw new UnreadableObjectException($"'{found.Info.Key}' in the store has {found.Info.Length:N0} bytes; the limit is {MaxCatalogBytes:N0}.");

    /// <summary>A channel of a model was moved, or may have been.</summary>
    public Task UpdateAsync(string model, Color color, CancellationToken cancellation) => ChangeAsync(
        color, async catalog => catalog.With(model, await ChannelAsync(model, color, cancellation)), cancellation);

    /// <summary>Compares the catalog with every channel.</summary>
    /// <returns>Whether it differed, and has been corrected.</returns>
    public Task<bool> RepairAsync(Color color, CancellationToken cancellation) =>
        ChangeAsync(color, _ => BuildAsync(color, cancellation), cancellation);

    /// <summary>The correct catalog, computed from every channel.</summary>
    public async Task<ChannelCatalog> BuildAsync(Color color, CancellationToken cancellation)
    {
        var names = await store.ListFoldersAsync(StoreKeys.Models, cancellation)
            .Select(folder => folder[StoreKeys.Models.Length..^1]).Where(ModelName.IsValid).ToListAsync(cancellation);
        var models = new SortedDictionary<string, CatalogedChannel>(StringComparer.Ordinal);
        foreach (var some in names.Chunk(AtOnce))
            foreach (var (model, channel) in await Task.WhenAll(some.Select(async model => (model, await ChannelAsync(model, color, cancellation)))))
                if (channel is not null)
                    models[model] = channel;
        return new(models);
    }

    private async Task<bool> ChangeAsync(Color color, Func<ChannelCatalog, Task<ChannelCatalog>> change, CancellationToken cancellation)
    {
        while (true)
        {
            var (catalog, etag) = await ReadAsync(color, cancellation);
            var next = await (catalog is null ? BuildAsync(color, cancellation) : change(catalog));
            if (catalog?.IsSame(next) == true)
                return false;
            if (await store.WriteAsync(
                StoreKeys.Catalog(color), next, RegistryJson.Default.ChannelCatalog, PutCondition.Since(etag), cancellation) is not null)
                return true;
        }
    }

    // Without a catalog if there is none, or none that can be read.
    private async Task<(ChannelCatalog? Catalog, string? ETag)> ReadAsync(Color color, CancellationToken cancellation)
    {
        if (await store.GetAsync(StoreKeys.Catalog(color), cancellation: cancellation) is not { } found)
            return default;
        await using (found)
        {
            try
            {
                return (await ParseAsync(found, cancellation), found.Info.ETag);
            }
            catch (UnreadableObjectException)
            {
                return (null, found.Info.ETag);
            }
        }
    }

    // A channel that cannot be read is left out: a server that reads it itself reports why.
    private async Task<CatalogedChannel?> ChannelAsync(string model, Color color, CancellationToken cancellation)
    {
        try
        {
            return await store.ReadAsync(StoreKeys.Channel(model, color), RegistryJson.Default.ChannelPointer, cancellation) is { } pointer
                ? CatalogedChannel.Of(pointer)
                : null;
        }
        catch (UnreadableObjectException)
        {
            return null;
        }
    }
}
