using Slipway.Registry.Storage;

namespace Slipway.Registry.Tests.Channels;

/// <summary>A store to which something happens before a put, counted from 0, or before a get.</summary>
public sealed class ScriptedStore(IObjectStore inner, Func<int, string, Task> beforePut, Action? beforeGet = null) : IObjectStore
{
    private int _puts;

    public ScriptedStore(IObjectStore inner, Func<int, Task> beforePut, Action? beforeGet = null) : this(inner, (put, _) => beforePut(put), beforeGet)
    {
    }

    /// <summary>Something happens once, before the first put under a key that begins so.</summary>
    public static ScriptedStore BeforePutting(IObjectStore inner, string prefix, Func<Task> happens)
    {
        var waits = true;
        return new(inner, async (_, key) =>
        {
            if (!waits || !key.StartsWith(prefix, StringComparison.Ordinal))
                return;
            waits = false;
            await happens();
        });
    }

    /// <summary>The process crashes after this number of puts: the next and all later ones never happen.</summary>
    public static ScriptedStore DyingAfter(IObjectStore inner, int puts) =>
        new(inner, put => put < puts ? Task.CompletedTask : throw new CrashedException());

    /// <summary>Puts work, and no get does.</summary>
    public static ScriptedStore Unanswering(IObjectStore inner) =>
        new(inner, _ => Task.CompletedTask, () => throw new SlipwayException("The store does not answer."));

    public async Task<ObjectInfo?> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellation = default)
    {
        await beforePut(_puts++, key);
        return await inner.PutAsync(key, content, condition, cancellation);
    }

    public Task<StoredObject?> GetAsync(string key, string? version = null, CancellationToken cancellation = default)
    {
        beforeGet?.Invoke();
        return inner.GetAsync(key, version, cancellation);
    }

    public async Task<ObjectInfo?> CopyAsync(string key, string version, string to, PutCondition condition, CancellationToken cancellation = default)
    {
        await beforePut(_puts++, to);
        return await inner.CopyAsync(key, version, to, condition, cancellation);
    }

    public Task<ConditionalRead> GetIfChangedAsync(string key, string? etag, CancellationToken cancellation = default) => inner.GetIfChangedAsync(key, etag, cancellation);
    public Task<ObjectInfo?> HeadAsync(string key, string? version = null, CancellationToken cancellation = default) => inner.HeadAsync(key, version, cancellation);
    public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellation = default) => inner.ListAsync(prefix, cancellation);
    public IAsyncEnumerable<string> ListKeysAsync(string prefix, string? after = null, CancellationToken cancellation = default) => inner.ListKeysAsync(prefix, after, cancellation);
    public IAsyncEnumerable<string> ListFoldersAsync(string folder, CancellationToken cancellation = default) => inner.ListFoldersAsync(folder, cancellation);
    public Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellation = default) => inner.GetTagsAsync(key, cancellation);
    public Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default) => inner.SetTagsAsync(key, tags, cancellation);
    public Task DeleteAsync(string key, CancellationToken cancellation = default) => inner.DeleteAsync(key, cancellation);
}

public sealed class CrashedException() : Exception("the process crashed");
