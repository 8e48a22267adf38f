using System.Collections.Concurrent;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Tests.Storage;

/// <summary>A store that records requests, such as <c>Get models/m/channels/blue.json</c>.</summary>
public sealed class CountingStore(IObjectStore inner) : IObjectStore
{
    public ConcurrentQueue<string> Requests { get; } = [];

    public Task<StoredObject?> GetAsync(string key, string? version = null, CancellationToken cancellation = default) => Counted("Get", key).GetAsync(key, version, cancellation);
    public Task<ConditionalRead> GetIfChangedAsync(string key, string? etag, CancellationToken cancellation = default) => Counted("GetIfChanged", key).GetIfChangedAsync(key, etag, cancellation);
    public Task<ObjectInfo?> HeadAsync(string key, string? version = null, CancellationToken cancellation = default) => Counted("Head", key).HeadAsync(key, version, cancellation);
    public Task<ObjectInfo?> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellation = default) => Counted("Put", key).PutAsync(key, content, condition, cancellation);
    public Task<ObjectInfo?> CopyAsync(string key, string version, string to, PutCondition condition, CancellationToken cancellation = default) => Counted("Copy", key).CopyAsync(key, version, to, condition, cancellation);
    public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellation = default) => Counted("List", prefix).ListAsync(prefix, cancellation);
    public IAsyncEnumerable<string> ListKeysAsync(string prefix, string? after = null, CancellationToken cancellation = default) => Counted("ListKeys", prefix).ListKeysAsync(prefix, after, cancellation);
    public IAsyncEnumerable<string> ListFoldersAsync(string folder, CancellationToken cancellation = default) => Counted("ListFolders", folder).ListFoldersAsync(folder, cancellation);
    public Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellation = default) => Counted("GetTags", key).GetTagsAsync(key, cancellation);
    public Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default) => Counted("SetTags", key).SetTagsAsync(key, tags, cancellation);
    public Task DeleteAsync(string key, CancellationToken cancellation = default) => Counted("Delete", key).DeleteAsync(key, cancellation);

    private IObjectStore Counted(string operation, string key)
    {
        Requests.Enqueue($"{operation} {key}");
        return inner;
    }
}
