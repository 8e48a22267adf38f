using System.Collections.Concurrent;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Tests.Monitoring;

/// <summary>A store that counts which objects are read.</summary>
internal sealed class CountingStore(IObjectStore store) : IObjectStore
{
    private readonly ConcurrentQueue<string> _read = [];

    /// <summary>Objects of the log that were read since the last call.</summary>
    public int LogReads()
    {
        var reads = _read.Count(key => key.StartsWith("predictions/", StringComparison.Ordinal));
        _read.Clear();
        return reads;
    }

    public Task<StoredObject?> GetAsync(string asked, string? version = null, CancellationToken cancellation = default)
    {
        _read.Enqueue(asked);
        return store.GetAsync(asked, version, cancellation);
    }

    public Task<ConditionalRead> GetIfChangedAsync(string asked, string? etag, CancellationToken cancellation = default) =>
        store.GetIfChangedAsync(asked, etag, cancellation);

    public Task<ObjectInfo?> HeadAsync(string asked, string? version = null, CancellationToken cancellation = default) =>
        store.HeadAsync(asked, version, cancellation);

    public Task<ObjectInfo?> PutAsync(string asked, Stream content, PutCondition condition, CancellationToken cancellation = default) =>
        store.PutAsync(asked, content, condition, cancellation);

    public Task<ObjectInfo?> CopyAsync(string asked, string version, string to, PutCondition condition, CancellationToken cancellation = default) =>
        store.CopyAsync(asked, version, to, condition, cancellation);

    public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellation = default) => store.ListAsync(prefix, cancellation);

    public IAsyncEnumerable<string> ListKeysAsync(string prefix, string? after = null, CancellationToken cancellation = default) => store.ListKeysAsync(prefix, after, cancellation);

    public IAsyncEnumerable<string> ListFoldersAsync(string folder, CancellationToken cancellation = default) => store.ListFoldersAsync(folder, cancellation);

    public Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string asked, CancellationToken cancellation = default) =>
        store.GetTagsAsync(asked, cancellation);

    public Task SetTagsAsync(string asked, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default) =>
        store.SetTagsAsync(asked, tags, cancellation);

    public Task DeleteAsync(string asked, CancellationToken cancellation = default) => store.DeleteAsync(asked, cancellation);
}
