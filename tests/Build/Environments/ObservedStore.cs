using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Build.Tests.Environments;

/// <summary>A store that counts writes, and can fail one of them.</summary>
internal sealed class ObservedStore(IObjectStore store) : IObjectStore
{
    public int Puts { get; private set; }

    /// <summary>Makes the next write fail; reset automatically.</summary>
    public bool FailsNext { get; set; }

    /// <summary>What every write fails with; null while none does.</summary>
    public Exception? Away { get; set; }

    /// <summary>Ends when writes go through again, for a store that hangs.</summary>
    public TaskCompletionSource? Hangs { get; set; }

    public async Task<ObjectInfo?> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellation = default)
    {
        Puts++;
        if (Hangs is { } hangs)
            await hangs.Task;
        if (Away is { } away)
            throw away;
        if (FailsNext)
        {
            FailsNext = false;
            throw new SlipwayException("The store is away.");
        }

        return await store.PutAsync(key, content, condition, cancellation);
    }

    public Task<StoredObject?> GetAsync(string key, string? version = null, CancellationToken cancellation = default) => store.GetAsync(key, version, cancellation);

    public Task<ConditionalRead> GetIfChangedAsync(string key, string? etag, CancellationToken cancellation = default) => store.GetIfChangedAsync(key, etag, cancellation);

    public Task<ObjectInfo?> HeadAsync(string key, string? version = null, CancellationToken cancellation = default) => store.HeadAsync(key, version, cancellation);

    public Task<ObjectInfo?> CopyAsync(string key, string version, string to, PutCondition condition, CancellationToken cancellation = default) =>
        store.CopyAsync(key, version, to, condition, cancellation);

    public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellation = default) => store.ListAsync(prefix, cancellation);

    public IAsyncEnumerable<string> ListKeysAsync(string prefix, string? after = null, CancellationToken cancellation = default) => store.ListKeysAsync(prefix, after, cancellation);

    public IAsyncEnumerable<string> ListFoldersAsync(string folder, CancellationToken cancellation = default) => store.ListFoldersAsync(folder, cancellation);

    public Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellation = default) => store.GetTagsAsync(key, cancellation);

    public Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default) => store.SetTagsAsync(key, tags, cancellation);

    public Task DeleteAsync(string key, CancellationToken cancellation = default) => store.DeleteAsync(key, cancellation);
}
