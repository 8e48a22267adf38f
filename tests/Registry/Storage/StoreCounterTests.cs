using Slipway.Registry.Storage;

namespace Slipway.Registry.Tests.Storage;

/// <summary>The counter must detect a store that loses updates, or the tests that use it prove nothing.</summary>
public sealed class StoreCounterTests
{
    [TestCase(true, 2)]
    [TestCase(false, 1)]
    public async Task ShowsAStoreThatIgnoresConditions(bool keepsConditions, int expected)
    {
        using var folder = new StoreFolder();
        var store = new MeetingStore(folder.Store, keepsConditions);

        await Task.WhenAll(StoreCounter.IncrementAsync(store, "counter"), StoreCounter.IncrementAsync(store, "counter"));

        Assert.That((await StoreCounter.ReadAsync(folder.Store, "counter")).Number, Is.EqualTo(expected));
    }

    // prevents writes before two have read
    private sealed class MeetingStore(IObjectStore inner, bool keepsConditions) : IObjectStore
    {
        private readonly TaskCompletionSource _met = new();
        private int _readers;

        public async Task<StoredObject?> GetAsync(string key, string? version = null, CancellationToken cancellation = default)
        {
            var found = await inner.GetAsync(key, version, cancellation);
            if (Interlocked.Increment(ref _readers) == 2)
                _met.SetResult();
            await _met.Task;
            return found;
        }

        public Task<ObjectInfo?> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellation = default) =>
            inner.PutAsync(key, content, keepsConditions ? condition : PutCondition.None, cancellation);

        public Task<ObjectInfo?> CopyAsync(string key, string version, string to, PutCondition condition, CancellationToken cancellation = default) =>
            inner.CopyAsync(key, version, to, condition, cancellation);

        public Task<ConditionalRead> GetIfChangedAsync(string key, string? etag, CancellationToken cancellation = default) => inner.GetIfChangedAsync(key, etag, cancellation);
        public Task<ObjectInfo?> HeadAsync(string key, string? version = null, CancellationToken cancellation = default) => inner.HeadAsync(key, version, cancellation);
        public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellation = default) => inner.ListAsync(prefix, cancellation);
        public IAsyncEnumerable<string> ListKeysAsync(string prefix, string? after = null, CancellationToken cancellation = default) => inner.ListKeysAsync(prefix, after, cancellation);
        public IAsyncEnumerable<string> ListFoldersAsync(string folder, CancellationToken cancellation = default) => inner.ListFoldersAsync(folder, cancellation);
        public Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellation = default) => inner.GetTagsAsync(key, cancellation);
        public Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default) => inner.SetTagsAsync(key, tags, cancellation);
        public Task DeleteAsync(string key, CancellationToken cancellation = default) => inner.DeleteAsync(key, cancellation);
    }
}
