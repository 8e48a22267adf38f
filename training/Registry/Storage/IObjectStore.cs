namespace Slipway.Registry.Storage;

/// <summary>
/// The one store that training, inference and gateway meet in: an S3 bucket or a directory.
/// Reads after writes are consistent; a put is atomic: readers see the old object or the new one, never a part.
/// Every implementation passes the same conformance suite.
/// </summary>
public interface IObjectStore
{
    /// <summary>Opens an object, or an older version of it. Returns null when there is none.</summary>
    Task<StoredObject?> GetAsync(string key, string? version = null, CancellationToken cancellation = default);

    /// <summary>
    /// Opens an object unless its ETag is still <paramref name="etag"/>: the cheap question of a poll.
    /// </summary>
    Task<ConditionalRead> GetIfChangedAsync(string key, string? etag, CancellationToken cancellation = default);

    /// <summary>Describes an object, or an older version of it, without its content. Returns null when there is none.</summary>
    Task<ObjectInfo?> HeadAsync(string key, string? version = null, CancellationToken cancellation = default);

    /// <summary>
    /// Writes an object if <paramref name="condition"/> holds at that moment. Returns null, and changes nothing, when it does not.
    /// </summary>
    Task<ObjectInfo?> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellation = default);

    /// <summary>
    /// Copies a version of an object to another key inside the store, without tags, if <paramref name="condition"/> holds of that other key.
    /// Returns null, and changes nothing, when it does not.
    /// </summary>
    /// <exception cref="MissingVersionException">The store does not have, or no longer has, that version.</exception>
    Task<ObjectInfo?> CopyAsync(string key, string version, string to, PutCondition condition, CancellationToken cancellation = default);

    /// <summary>
    /// Describes all objects whose key starts with <paramref name="prefix"/>, in ordinal order of keys. Their <see cref="ObjectInfo.Version"/>
    /// may be empty: ask <see cref="HeadAsync"/> where it is needed.
    /// </summary>
    IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellation = default);

    /// <summary>
    /// The keys that start with <paramref name="prefix"/>, in ordinal order. No object is looked at: of many, it costs what their names cost.
    /// </summary>
    /// <param name="after">Only keys that sort after this one; null for all.</param>
    IAsyncEnumerable<string> ListKeysAsync(string prefix, string? after = null, CancellationToken cancellation = default);

    /// <summary>
    /// The folders directly in <paramref name="folder"/> with a key in them, each with its slash, in ordinal order: <c>models/pumps/</c> for
    /// <c>models/</c>. However many keys they hold, it costs what their names cost.
    /// </summary>
    /// <param name="folder">Ends with a slash, or is empty for the whole store.</param>
    IAsyncEnumerable<string> ListFoldersAsync(string folder, CancellationToken cancellation = default);

    /// <summary>The tags of an object; empty when it has none or does not exist.</summary>
    Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellation = default);

    /// <summary>Replaces the tags of an object. They stay with its content: the next put begins without any.</summary>
    /// <param name="tags">At most ten; keys up to 128 and values up to 256 characters, no braces or quotes.</param>
    /// <exception cref="SlipwayException">There is no such object, or a tag does not fit.</exception>
    Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default);

    /// <summary>Removes an object. Removing what is not there is no error.</summary>
    Task DeleteAsync(string key, CancellationToken cancellation = default);
}

/// <param name="ETag">Changes whenever the content changes; compare it, never parse it.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Version">Names this content of this key for as long as the store keeps it. Empty in lists of an S3 bucket, which do not tell it.</param>
/// <param name="LastModified">By the store's clock; after a put, which a bucket answers without it, by that of this machine.</param>
public sealed record ObjectInfo(string Key, string ETag, long Length, string Version, DateTimeOffset LastModified);

/// <summary>An open object. Dispose it to release the stream.</summary>
public sealed class StoredObject(ObjectInfo info, Stream content) : IAsyncDisposable
{
    public ObjectInfo Info { get; } = info;
    public Stream Content { get; } = content;
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>The answer to "has it changed?": either still the same, or gone, or the new object.</summary>
public sealed record ConditionalRead
{
    public static ConditionalRead NotModified { get; } = new() { Unchanged = true };
    public static ConditionalRead Missing { get; } = new();

    public bool Unchanged { get; private init; }
    public StoredObject? Found { get; private init; }

    public static ConditionalRead Changed(StoredObject changed) => new() { Found = changed };
}

/// <summary>What must be true of a key for a put to happen: If-Match and If-None-Match.</summary>
public readonly record struct PutCondition
{
    public static PutCondition None => default;

    /// <summary>The key holds no object (If-None-Match: *).</summary>
    public static PutCondition Absent => new() { MustBeAbsent = true };

    /// <summary>The key holds exactly the object with this ETag (If-Match).</summary>
    public static PutCondition Unchanged(string etag) => new() { ETag = etag };

    /// <summary>Absent for a null ETag, unchanged otherwise: the second half of a compare-and-swap.</summary>
    public static PutCondition Since(string? etag) => etag is null ? Absent : Unchanged(etag);

    public bool MustBeAbsent { get; private init; }
    public string? ETag { get; private init; }

    /// <summary>Whether it is true of what a key holds at this moment.</summary>
    public bool Holds(ObjectInfo? current) => MustBeAbsent ? current is null : ETag is null || ETag == current?.ETag;
}
