using Slipway.Registry;

namespace Slipway.Gateway.Tests;

/// <summary>A store that can go away, as S3 or a mount does.</summary>
public sealed class SwitchableStore(IObjectStore inner) : IObjectStore
{
    public bool IsAway { get; set; }

    private IObjectStore Inner => IsAway ? throw new IOException("the store is away") : inner;

    public Task<StoredObject?> GetAsync(string key, string? version, CancellationToken cancellation) => Inner.GetAsync(key, version, cancellation);

    public Task<ConditionalRead> GetIfChangedAsync(string key, string? etag, CancellationToken cancellation) => Inner.GetIfChangedAsync(key, etag, cancellation);

    public Task<ObjectInfo?> HeadAsync(string key, string? version, CancellationToken cancellation) => Inner.HeadAsync(key, version, cancellation);

    public Task<ObjectInfo?> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellation) =>
        Inner.PutAsync(key, content, condition, cancellation);

    public Task<ObjectInfo?> CopyAsync(string key, string version, string to, PutCondition condition, CancellationToken cancellation) =>
        Inner.CopyAsync(key, version, to, condition, cancellation);

    public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellation) => Inner.ListAsync(prefix, cancellation);

    public IAsyncEnumerable<string> ListKeysAsync(string prefix, string? after, CancellationToken cancellation) => Inner.ListKeysAsync(prefix, after, cancellation);

    public IAsyncEnumerable<string> ListFoldersAsync(string folder, CancellationToken cancellation) => Inner.ListFoldersAsync(folder, cancellation);

    public Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellation) => Inner.GetTagsAsync(key, cancellation);

    public Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation) =>
        Inner.SetTagsAsync(key, tags, cancellation);

    public Task DeleteAsync(string key, CancellationToken cancellation) => Inner.DeleteAsync(key, cancellation);
}
