namespace Slipway.Registry.Storage;

/// <summary>
/// The store that training, inference and gateway share: an S3 bucket or a directory.
/// Reads after writes are consistent; a put is atomic: readers see the old object or the new one, never a part.
/// Every implementation passes the same conformance suite.
/// </summary>
public interface IObjectStore
{
    /// <summary>Opens an object, or an older version of it. Returns null if it does not exist.</summary>
    Task<StoredObject?> GetAsync(string key, string? version = null, CancellationToken cancellation = default);

    /// <summary>
    /// Opens an object unless its ETag is still <paramref name="etag"/>: a cheap poll.
    /// </summary>
    Task<ConditionalRead> GetIfChangedAsync(string key, string? etag, CancellationToken cancellation = default);

    /// <summary>Describes an object, or an older version of it, without its content. Returns null if it does not exist.</summary>
    Task<ObjectInfo?> HeadAsync(string key, string? version = null, CancellationToken cancellation = default);

    /// <summary>
    /// Writes an object if <paramref name="condition"/> is true at that moment. Otherwise returns null and changes nothing.
    /// </summary>
    Task<ObjectInfo?> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellation = default);

    /// <summary>
    /// Copies a version of an object to another key in the store, without tags, if <paramref name="condition"/> is true of that other key.
    /// Otherwise returns null and changes nothing.
    /// </summary>
    /// <exception cref="MissingVersionException">The store does not have, or no longer has, that version.</exception>
    Task<ObjectInfo?> CopyAsync(string key, string version, string to, PutCondition condition, CancellationToken cancellation = default);

    /// <summary>
    /// Describes all objects whose key starts with <paramref name="prefix"/>, in ordinal order of keys. Their <see cref="ObjectInfo.Version"/>
    /// may be empty: call <see cref="HeadAsync"/> if it is needed.
    /// </summary>
    IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellation = default);

    /// <summary>
    /// The keys that start with <paramref name="prefix"/>, in ordinal order. Objects are not read, so the cost depends only on the number of names.
    /// </summary>
    /// <param name="after">Only keys that sort after this one; null for all.</param>
    IAsyncEnumerable<string> ListKeysAsync(string prefix, string? after = null, CancellationToken cancellation = default);

    /// <summary>
    /// The folders directly in <paramref name="folder"/> that contain a key, each with its slash, in ordinal order: <c>models/pumps/</c> for
    /// <c>models/</c>. The cost depends only on the number of folders, not on the number of keys in them.
    /// </summary>
    /// <param name="folder">Ends with a slash, or is empty for the whole store.</param>
    IAsyncEnumerable<string> ListFoldersAsync(string folder, CancellationToken cancellation = default);

    /// <summary>The tags of an object; empty if it has none or does not exist.</summary>
    Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellation = default);

    /// <summary>Replaces the tags of an object. They belong to its content: the next put starts without any.</summary>
    /// <param name="tags">At most ten; keys up to 128 and values up to 256 characters, no braces or quotes.</param>
    /// <exception cref="SlipwayException">The object does not exist, or a tag is invalid.</exception>
    Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default);

    /// <summary>Deletes an object. Deleting one that does not exist is not an error.</summary>
    Task DeleteAsync(string key, CancellationToken cancellation = default);
}

/// <param name="ETag">Changes whenever the content changes; compare it, never parse it.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Version">Identifies this content of this key for as long as the store keeps it. Empty in listings of an S3 bucket, which do not contain it.</param>
/// <param name="LastModified">By the store's clock; after a put, to which a bucket responds without it, by this machine's clock.</param>
public sealed record ObjectInfo(string Key, string ETag, long Length, string Version, DateTimeOffset LastModified);

/// <summary>An open object. Dispose it to release the stream.</summary>
public sealed class StoredObject(ObjectInfo info, Stream content) : IAsyncDisposable
{
    public ObjectInfo Info { get; } = info;
    public Stream Content { get; } = content;
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>The result of a conditional read: unchanged, gone, or the new object.</summary>
public sealed record ConditionalRead
{
    public static ConditionalRead NotModified { get; } = new() { Unchanged = true };
    public static ConditionalRead Missing { get; } = new();

    public bool Unchanged { get; private init; }
    public StoredObject? Found { get; private init; }

    public static ConditionalRead Changed(StoredObject changed) => new() { Found = changed };
}

/// <summary>The condition of a put: If-Match and If-None-Match.</summary>
public readonly record struct PutCondition
{
    public static PutCondition None => default;

    /// <summary>The key has no object (If-None-Match: *).</summary>
    public static PutCondition Absent => new() { MustBeAbsent = true };

    /// <summary>The key has exactly the object with this ETag (If-Match).</summary>
    public static PutCondition Unchanged(string etag) => new() { ETag = etag };

    /// <summary>Absent for a null ETag, unchanged otherwise: the second half of a compare-and-swap.</summary>
    public static PutCondition Since(string? etag) => etag is null ? Absent : Unchanged(etag);

    public bool MustBeAbsent { get; private init; }
    public string? ETag { get; private init; }

    /// <summary>Whether it is true of the current object of a key.</summary>
    public bool Holds(ObjectInfo? current) => MustBeAbsent ? current is null : ETag is null || ETag == current?.ETag;
}
