using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Tests.Aws;

/// <summary>A versioned bucket in memory: every put creates a version, even of the same bytes, and versions are kept.</summary>
internal sealed class BucketStore(TimeProvider time) : IObjectStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<(ObjectInfo Info, byte[] Content)>> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _tags = [];
    private int _puts;

    /// <summary>Called first by every operation, with its name and key; its exception is the response.</summary>
    public Action<string, string> Before { get; set; } = (_, _) => { };

    public List<string> Read { get; } = [];

    public Task<StoredObject?> GetAsync(string key, string? version = null, CancellationToken cancellation = default) => Locked("Get", key, () =>
    {
        Read.Add(key);
        return Find(key, version) is { } found ? new StoredObject(found.Info, new MemoryStream(found.Content, writable: false)) : null;
    });

    public async Task<ConditionalRead> GetIfChangedAsync(string key, string? etag, CancellationToken cancellation = default) =>
        await GetAsync(key, cancellation: cancellation) is not { } found ? ConditionalRead.Missing
        : found.Info.ETag == etag ? ConditionalRead.NotModified : ConditionalRead.Changed(found);

    public Task<ObjectInfo?> HeadAsync(string key, string? version = null, CancellationToken cancellation = default) =>
        Locked("Head", key, () => Find(key, version)?.Info);

    public async Task<ObjectInfo?> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellation = default)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellation);
        return await Locked("Put", key, () => Put(key, bytes.ToArray(), condition));
    }

    public Task<ObjectInfo?> CopyAsync(string key, string version, string to, PutCondition condition, CancellationToken cancellation = default) =>
        Locked("Copy", to, () => Put(to, (Find(key, version) ?? throw new MissingVersionException(key, version)).Content, condition));

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var found = await Locked("List", prefix, () => _objects.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal) && pair.Value.Count > 0)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value[^1].Info).ToList());
        foreach (var info in found)
            yield return info;
    }

    public async IAsyncEnumerable<string> ListKeysAsync(string prefix, string? after = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var info in ListAsync(prefix, cancellation))
            if (after is null || string.CompareOrdinal(info.Key, after) > 0)
                yield return info.Key;
    }

    public async IAsyncEnumerable<string> ListFoldersAsync(string folder, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var given = "";
        await foreach (var info in ListAsync(folder, cancellation))
            if (info.Key.IndexOf('/', folder.Length) is >= 0 and var slash && info.Key[..(slash + 1)] is var found && found != given)
                yield return given = found;
    }

    public Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellation = default) =>
        Locked("GetTags", key, () => _tags.GetValueOrDefault(key, new Dictionary<string, string>()));

    public Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default) =>
        Locked("SetTags", key, () => _tags[key] = tags);

    public Task DeleteAsync(string key, CancellationToken cancellation = default) => Locked("Delete", key, () => _objects.Remove(key));

    private (ObjectInfo Info, byte[] Content)? Find(string key, string? version)
    {
        var versions = _objects.GetValueOrDefault(key) ?? [];
        var at = version is null ? versions.Count - 1 : versions.FindIndex(found => found.Info.Version == version);
        return at < 0 ? null : versions[at];
    }

    private ObjectInfo? Put(string key, byte[] content, PutCondition condition)
    {
        if (!condition.Holds(Find(key, null)?.Info))
            return null;
        var info = new ObjectInfo(
            key, Convert.ToHexStringLower(SHA256.HashData(content)), content.Length, $"version-{(++_puts).ToString(CultureInfo.InvariantCulture)}", time.GetUtcNow());
        if (!_objects.TryGetValue(key, out var versions))
            _objects[key] = versions = [];
        versions.Add((info, content));
        return info;
    }

    private Task<T> Locked<T>(string operation, string key, Func<T> action)
    {
        lock (_gate)
        {
            Before(operation, key);
            return Task.FromResult(action());
        }
    }
}
