namespace Slipway.Registry.Tests;

/// <summary>A store whose process dies when it is about to write a key for the given time: that put and all later ones never happen.</summary>
public sealed class DyingStore(IObjectStore inner, int putsBeforeDeath) : IObjectStore
{
    private int _left = putsBeforeDeath;

    public Task<ObjectInfo?> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellation = default) =>
        Interlocked.Decrement(ref _left) >= 0 ? inner.PutAsync(key, content, condition, cancellation) : throw new DiedException();

    public Task<StoredObject?> GetAsync(string key, string? version = null, CancellationToken cancellation = default) => inner.GetAsync(key, version, cancellation);
    public Task<ConditionalRead> GetIfChangedAsync(string key, string? etag, CancellationToken cancellation = default) => inner.GetIfChangedAsync(key, etag, cancellation);
    public Task<ObjectInfo?> HeadAsync(string key, string? version = null, CancellationToken cancellation = default) => inner.HeadAsync(key, version, cancellation);
    public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellation = default) => inner.ListAsync(prefix, cancellation);
    public Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellation = default) => inner.GetTagsAsync(key, cancellation);
    public Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default) => inner.SetTagsAsync(key, tags, cancellation);
    public Task DeleteAsync(string key, CancellationToken cancellation = default) => inner.DeleteAsync(key, cancellation);
}

public sealed class DiedException() : Exception("the process died");
