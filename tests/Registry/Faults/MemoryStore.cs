using System.Globalization;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Tests.Faults;

/// <summary>A store in memory, whose requests end at once, for thousands of them in a test.</summary>
/// <param name="ignoresConditions">For controls: every put is made.</param>
internal sealed class MemoryStore(bool ignoresConditions = false) : IObjectStore
{
    private readonly SortedDictionary<string, (byte[] Content, string ETag)> _objects = new(StringComparer.Ordinal);
    private int _puts;

    public MemoryStore Copy(bool ignoresConditions)
    {
        var copy = new MemoryStore(ignoresConditions) { _puts = _puts };
        foreach (var (key, found) in _objects)
            copy._objects.Add(key, found);
        return copy;
    }

    public Task<StoredObject?> GetAsync(string key, string? version = null, CancellationToken cancellation = default) => Task.FromResult(
        Info(key) is { } info && (version is null || version == info.Version) ? new StoredObject(info, new MemoryStream(_objects[key].Content, writable: false)) : null);

    public async Task<ConditionalRead> GetIfChangedAsync(string key, string? etag, CancellationToken cancellation = default) => await GetAsync(key, null, cancellation) switch
    {
        null => ConditionalRead.Missing,
        var found => found.Info.ETag == etag ? ConditionalRead.NotModified : ConditionalRead.Changed(found),
    };

    public Task<ObjectInfo?> HeadAsync(string key, string? version = null, CancellationToken cancellation = default) => Task.FromResult(Info(key));

    public Task<ObjectInfo?> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellation = default)
    {
        if (!ignoresConditions && !condition.Holds(Info(key)))
            return Task.FromResult<ObjectInfo?>(null);
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        _objects[key] = (bytes.ToArray(), (++_puts).ToString(CultureInfo.InvariantCulture));
        return Task.FromResult(Info(key));
    }

    public Task<ObjectInfo?> CopyAsync(string key, string version, string to, PutCondition condition, CancellationToken cancellation = default) =>
        PutAsync(to, new MemoryStream(_objects[key].Content), condition, cancellation);

    public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellation = default) => ListKeysAsync(prefix, null, cancellation).Select(key => Info(key)!);

    public IAsyncEnumerable<string> ListKeysAsync(string prefix, string? after = null, CancellationToken cancellation = default) =>
        _objects.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(key, after) > 0).ToList().ToAsyncEnumerable();

    public IAsyncEnumerable<string> ListFoldersAsync(string folder, CancellationToken cancellation = default) =>
        _objects.Keys.Where(key => key.StartsWith(folder, StringComparison.Ordinal) && key.IndexOf('/', folder.Length) > 0)
            .Select(key => key[..(key.IndexOf('/', folder.Length) + 1)]).Distinct().ToList().ToAsyncEnumerable();

    public Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellation = default) => throw new NotSupportedException();
    public Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task DeleteAsync(string key, CancellationToken cancellation = default)
    {
        _objects.Remove(key);
        return Task.CompletedTask;
    }

    private ObjectInfo? Info(string key) =>
        _objects.TryGetValue(key, out var found) ? new(key, found.ETag, found.Content.Length, found.ETag, DateTimeOffset.UnixEpoch) : null;
}
