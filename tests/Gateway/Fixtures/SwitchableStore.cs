using Slipway.Registry.Storage;

namespace Slipway.Gateway.Tests.Fixtures;

/// <summary>A store that can go away or hang, as S3 or a mount does.</summary>
public sealed class SwitchableStore(IObjectStore inner) : IObjectStore
{
    public bool IsAway { get; set; }

    /// <summary>Runs before each read of an object.</summary>
    public Func<Task>? BeforeRead { get; set; }

    /// <summary>Is shown each object that was written.</summary>
    public Action<string, byte[]>? Written { get; set; }

    /// <summary>Accepts every request and never responds, even if it is cancelled.</summary>
    public void Hang() => BeforeRead = () => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);

    private IObjectStore Inner => IsAway ? throw new IOException("the store is away") : inner;

    public async Task<StoredObject?> GetAsync(string key, string? version, CancellationToken cancellation)
    {
        await (BeforeRead?.Invoke() ?? Task.CompletedTask);
        return await Inner.GetAsync(key, version, cancellation);
    }

    public async Task<ConditionalRead> GetIfChangedAsync(string key, string? etag, CancellationToken cancellation)
    {
        await (BeforeRead?.Invoke() ?? Task.CompletedTask);
        return await Inner.GetIfChangedAsync(key, etag, cancellation);
    }

    public Task<ObjectInfo?> HeadAsync(string key, string? version, CancellationToken cancellation) => Inner.HeadAsync(key, version, cancellation);

    public async Task<ObjectInfo?> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellation)
    {
        var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellation);
        bytes.Position = 0;
        var written = await Inner.PutAsync(key, bytes, condition, cancellation);
        if (written is not null)
            Written?.Invoke(key, bytes.ToArray());
        return written;
    }

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
