using System.Text;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Tests;

/// <summary>A store in which a dataset is changed in place between its description and its copy.</summary>
internal sealed class ChangingStore(IObjectStore store, string key, string after) : IObjectStore
{
    public async Task<StoredObject?> GetAsync(string asked, string? version = null, CancellationToken cancellation = default)
    {
        var found = await store.GetAsync(asked, version, cancellation);
        return asked == key && version is not null && found is not null
            ? new(found.Info, new MemoryStream(Encoding.UTF8.GetBytes(after)))
            : found;
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
