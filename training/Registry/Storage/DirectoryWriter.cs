using System.Security.Cryptography;
using System.Text.Json;

namespace Slipway.Registry;

/// <summary>
/// The files that a directory store writes. Everything is complete under <c>.tmp</c> before it gets a name by rename;
/// callers hold the key's lock.
/// </summary>
internal sealed class DirectoryWriter(DirectoryLayout layout, TimeProvider time)
{
    // longer than any put takes; what is older belongs to a process that died
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(6);

    /// <summary>Writes all of <paramref name="content"/> to a temporary file and forces it to the disk. Leaves nothing behind when it fails.</summary>
    public async Task<WrittenFile> WriteAsync(Stream content, CancellationToken cancellation)
    {
        Directory.CreateDirectory(layout.Temporary);
        var path = layout.NewTemporaryFile();
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[128 * 1024];
            long length = 0;
            int read;
            while ((read = await ReadSourceAsync(content, buffer, cancellation)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
                length += read;
            }

            // without this a crash of the machine could leave the new name on an empty file
            file.Flush(flushToDisk: true);
            return new(path, ContentHashes.Shorten(hash.GetHashAndReset()), length, new(File.GetLastWriteTimeUtc(file.SafeFileHandle)));
        }
        catch
        {
            Forget(path);
            throw;
        }
    }

    /// <summary>Gives the written file its key. The content before stays as a version where the store keeps versions.</summary>
    public void Publish(WrittenFile written, string key, ObjectInfo? before)
    {
        var path = layout.FileOf(key);
        MakeRoom(key, path);

        var older = before is null ? null : layout.OlderVersionOf(key, before.Version);
        if (older is null || before!.ETag == written.ETag || File.Exists(older))
        {
            File.Move(written.Path, path, overwrite: true);
            return;
        }

        // links the old file to its version name, then renames over it: the key is never without an object
        Directory.CreateDirectory(Path.GetDirectoryName(older)!);
        File.Replace(written.Path, path, older);
    }

    public void Remove(string key, ObjectInfo before)
    {
        var path = layout.FileOf(key);
        if (layout.OlderVersionOf(key, before.Version) is { } older)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(older)!);
            File.Move(path, older, overwrite: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    public async Task WriteTagsAsync(string key, string etag, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation)
    {
        if (tags.Count == 0)
        {
            Forget(layout.TagsOf(key, etag)); // left by an earlier put of the same content
            return;
        }

        Directory.CreateDirectory(layout.Tags);
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(tags.ToDictionary(), StorageJson.Default.DictionaryStringString));
        var written = await WriteAsync(content, cancellation);
        File.Move(written.Path, layout.TagsOf(key, etag), overwrite: true);
    }

    public void ForgetTags(string key, string etag) => Forget(layout.TagsOf(key, etag));

    /// <summary>Deletes what processes that died in the middle of a put have left.</summary>
    public void CleanUp()
    {
        if (!Directory.Exists(layout.Temporary))
            return;

        foreach (var file in new DirectoryInfo(layout.Temporary).EnumerateFiles())
            if (file.LastWriteTimeUtc < time.GetUtcNow().UtcDateTime - Abandoned)
                Forget(file.FullName);
    }

    /// <summary>Deletes a file that nobody needs. Failing to is no reason to fail: <see cref="CleanUp"/> comes again.</summary>
    public static void Forget(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (DirectoryErrors.IsFromTheFolder(e))
        {
        }
    }

    private static void MakeRoom(string key, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        for (var above = ObjectKey.FolderOf(key); above.Length > 0; above = ObjectKey.FolderOf(above))
            if (File.Exists(path[..^(key.Length - above.Length)]))
                throw new SlipwayException($"'{key}' can not be written: '{above}' is an object, and a directory store can not keep objects below one. Choose another key.");

        Directory.CreateDirectory(folder);
        if (Directory.Exists(path) && !TryRemoveEmpty(path))
            throw new SlipwayException($"'{key}' can not be written: it is the folder of other objects in '{path}', and a directory store can not keep both. Choose another key.");
    }

    private static bool TryRemoveEmpty(string folder)
    {
        try
        {
            foreach (var below in Directory.EnumerateDirectories(folder))
                if (!TryRemoveEmpty(below))
                    return false;
            Directory.Delete(folder);
            return true;
        }
        catch (IOException)
        {
            return false; // not empty, which the operating system decides, so that nothing just written is lost
        }
    }

    // an error of the caller's stream is not one of the store's folder
    private static async ValueTask<int> ReadSourceAsync(Stream content, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellation);
        }
        catch (Exception e) when (DirectoryErrors.IsFromTheFolder(e))
        {
            throw new SlipwayException($"The content to store could not be read: {e.Message}", e);
        }
    }
}

/// <summary>A complete temporary file.</summary>
internal sealed record WrittenFile(string Path, string ETag, long Length, DateTimeOffset Modified);
