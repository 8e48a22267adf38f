using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Slipway.Registry.Storage;

/// <summary>
/// The store in a folder on this machine, safe between processes. An object is the plain file at its key, so a dataset that a person copies to
/// <c>datasets/&lt;model&gt;/</c> is an object like any other.
/// </summary>
/// <remarks>
/// ETag and version are both derived from the content, so writing the same bytes again changes neither. Under <c>datasets/</c>, the content before
/// an overwrite or delete can still be read by its version; elsewhere, only the current version can. (What a person overwrites by hand is gone.)
/// If a put is killed at any instruction (<c>kill -9</c>), either the old or the new object remains. The same is true after a power failure,
/// but the new one may be lost if it happens within seconds: the folder's own entry is written by the file system.
/// </remarks>
public sealed class DirectoryObjectStore : IObjectStore
{
    private readonly DirectoryLayout _layout;
    private readonly DirectoryReader _reader;
    private readonly TemporaryFiles _temporary;
    private readonly DirectoryWriter _writer;
    private readonly TimeProvider _time;

    /// <param name="root">Created by the first put. Until then, the store is empty.</param>
    public DirectoryObjectStore(string root, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _layout = new(root);
        _reader = new(_layout, _time);
        _temporary = new(_layout, _time);
        _writer = new(_layout, _temporary);
        if (File.Exists(_layout.Root))
            throw DirectoryErrors.RootIsAFile(_layout.Root);
        _temporary.CleanUp();
    }

    /// <summary>The folder, as a full path.</summary>
    public string Root => _layout.Root;

    public async Task<StoredObject?> GetAsync(string key, string? version = null, CancellationToken cancellation = default)
    {
        ObjectKey.Check(key);
        var current = await _reader.OpenAsync(key, _layout.FileOf(key), cancellation);
        if (version is null || current?.Info.Version == version)
            return current;

        if (current is not null)
            await current.DisposeAsync();
        return ContentHashes.IsWellFormed(version) && _layout.OlderVersionOf(key, version) is { } path
            ? await OpenOlderAsync(key, version, path, cancellation)
            : null;
    }

    public async Task<ConditionalRead> GetIfChangedAsync(string key, string? etag, CancellationToken cancellation = default)
    {
        var found = await GetAsync(key, cancellation: cancellation);
        if (found is null)
            return ConditionalRead.Missing;
        if (found.Info.ETag != etag)
            return ConditionalRead.Changed(found);

        await found.DisposeAsync();
        return ConditionalRead.NotModified;
    }

    public async Task<ObjectInfo?> HeadAsync(string key, string? version = null, CancellationToken cancellation = default)
    {
        var found = await GetAsync(key, version, cancellation);
        if (found is null)
            return null;

        await using (found)
            return found.Info;
    }

    public async Task<ObjectInfo?> PutAsync(
        string key, Stream content, PutCondition condition, CancellationToken cancellation = default)
    {
        ObjectKey.Check(key);
        if (!condition.Holds(await HeadAsync(key, cancellation: cancellation)))
            return null; // before the content is written in vain; checked again under the lock

        return await DirectoryErrors.GuardAsync(_layout.Root, $"write '{key}'", async () =>
        {
            Directory.CreateDirectory(_layout.Locks);
            var written = await _temporary.WriteAsync(content, cancellation);
            try
            {
                using var taken = await DirectoryLock.TakeAsync(_layout.LockOf(key), _time, cancellation);
                return await PublishAsync(key, written, condition, cancellation);
            }
            finally
            {
                TemporaryFiles.Forget(written.Path); // gone already if it was published
            }
        });
    }

    public async Task<ObjectInfo?> CopyAsync(
        string key, string version, string to, PutCondition condition, CancellationToken cancellation = default)
    {
        ObjectKey.Check(to);
        await using var source = await GetAsync(key, version, cancellation) ?? throw new MissingVersionException(key, version);
        return await PutAsync(to, source.Content, condition, cancellation);
    }

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ObjectKey.CheckPrefix(prefix);
        foreach (var key in DirectoryListing.Keys(_layout, prefix))
        {
            cancellation.ThrowIfCancellationRequested();
            if (await _reader.DescribeAsync(key, _layout.FileOf(key), cancellation) is { } info)
                yield return info;
        }
    }

    public IAsyncEnumerable<string> ListKeysAsync(string prefix, string? after = null, CancellationToken cancellation = default)
    {
        ObjectKey.CheckPrefix(prefix);
        return ListedAsync(DirectoryListing.Keys(_layout, prefix, after), cancellation);
    }

    public IAsyncEnumerable<string> ListFoldersAsync(string folder, CancellationToken cancellation = default)
    {
        ObjectKey.CheckFolder(folder);
        return ListedAsync(DirectoryListing.Folders(_layout, folder), cancellation);
    }

#pragma warning disable CS1998 // a folder responds at once
    private static async IAsyncEnumerable<string> ListedAsync(IEnumerable<string> names, [EnumeratorCancellation] CancellationToken cancellation)
#pragma warning restore CS1998
    {
        foreach (var name in names)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    public async Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellation = default)
    {
        if (await HeadAsync(key, cancellation: cancellation) is not { } info)
            return ObjectTags.None;

        await using var tags = await _reader.OpenAsync(key, _layout.TagsOf(key, info.ETag), cancellation);
        return tags is null
            ? ObjectTags.None
            : await JsonSerializer.DeserializeAsync(tags.Content, StorageJson.Default.DictionaryStringString, cancellation) ?? [];
    }

    public async Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default)
    {
        ObjectKey.Check(key);
        ObjectTags.Check(key, tags);
        await DirectoryErrors.GuardAsync(_layout.Root, $"tag '{key}'", async () =>
        {
            Directory.CreateDirectory(_layout.Locks);
            using var taken = await DirectoryLock.TakeAsync(_layout.LockOf(key), _time, cancellation);
            var current = await HeadAsync(key, cancellation: cancellation)
                ?? throw new SlipwayException($"'{key}' cannot be tagged: the store in '{_layout.Root}' has no such object.");
            await _writer.WriteTagsAsync(key, current.ETag, tags, cancellation);
            return true;
        });
    }

    public async Task DeleteAsync(string key, CancellationToken cancellation = default)
    {
        ObjectKey.Check(key);
        if (await HeadAsync(key, cancellation: cancellation) is null)
            return;

        await DirectoryErrors.GuardAsync(_layout.Root, $"delete '{key}'", async () =>
        {
            Directory.CreateDirectory(_layout.Locks);
            using var taken = await DirectoryLock.TakeAsync(_layout.LockOf(key), _time, cancellation);
            if (await HeadAsync(key, cancellation: cancellation) is not { } current)
                return false;

            _writer.Remove(key, current);
            _writer.ForgetTags(key, current.ETag);
            return true;
        });
    }

    private async Task<ObjectInfo?> PublishAsync(string key, WrittenFile written, PutCondition condition, CancellationToken cancellation)
    {
        var before = await HeadAsync(key, cancellation: cancellation);
        if (!condition.Holds(before))
            return null;

        // Tags are found by content. Tags that an earlier put of the new content left behind are deleted before it becomes visible;
        // those of the old content are deleted afterwards, so that a put that fails here has changed nothing.
        if (before?.ETag != written.ETag)
            _writer.ForgetTags(key, written.ETag);
        _writer.Publish(written, key, before);
        if (before is not null)
            _writer.ForgetTags(key, before.ETag);
        return new(key, written.ETag, written.Length, Version: written.ETag, written.Modified);
    }

    private async Task<StoredObject?> OpenOlderAsync(string key, string version, string path, CancellationToken cancellation)
    {
        var older = await _reader.OpenAsync(key, path, cancellation);
        if (older is null || older.Info.Version == version)
            return older;

        await older.DisposeAsync(); // somebody changed the file by hand: it is no longer that version
        return null;
    }
}
