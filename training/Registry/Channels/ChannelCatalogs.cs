using Slipway.Registry.Storage;

namespace Slipway.Registry.Channels;

/// <summary>Keeps the catalogs as the pointers are. Whoever moves a pointer does so afterwards; one that is missing or damaged is made anew.</summary>
/// <remarks>
/// A mover reads the catalog, then the pointer, and writes by compare-and-swap. Of two that moved one pointer, whoever read it before the other moved it
/// has read the catalog before the other wrote that, so its write fails, and it looks again: the catalog ends as the last pointer.
/// </remarks>
public sealed class ChannelCatalogs(IObjectStore store)
{
    // some hundred bytes a model
    private const int LargestCatalog = 64 * 1024 * 1024;

    private const int AtOnce = 16;

    /// <exception cref="UnreadableObjectException">It is none.</exception>
    public static async Task<ChannelCatalog> ParseAsync(StoredObject found, CancellationToken cancellation) => found.Info.Length <= LargestCatalog
        ? await StoreJson.DeserializeAsync(found, RegistryJson.Default.ChannelCatalog, cancellation)
        : throw new UnreadableObjectException($"'{found.Info.Key}' in the store has {found.Info.Length:N0} bytes; what belongs there has at most {LargestCatalog:N0}.");

    /// <summary>A pointer of a model was moved, or may have been.</summary>
    public Task UpdateAsync(string model, Color color, CancellationToken cancellation) => ChangeAsync(
        color, async catalog => catalog.With(model, await ChannelAsync(model, color, cancellation)), cancellation);

    /// <summary>Compares the catalog with every pointer.</summary>
    /// <returns>Whether it was another, and is right now.</returns>
    public Task<bool> RepairAsync(Color color, CancellationToken cancellation) =>
        ChangeAsync(color, _ => BuildAsync(color, cancellation), cancellation);

    /// <summary>What the catalog has to be, out of every pointer.</summary>
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

    // Without a catalog where there is none, or none that can be read.
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

    // A pointer that cannot be read stays out: a server that asks for it itself says why.
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
