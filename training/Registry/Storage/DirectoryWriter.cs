using System.Text.Json;

namespace Slipway.Registry.Storage;

/// <summary>
/// Writes to a directory store: everything is complete in a temporary file before it is renamed to its key.
/// Callers must hold the key's lock.
/// </summary>
internal sealed class DirectoryWriter(DirectoryLayout layout, TemporaryFiles temporary)
{
    /// <summary>Renames the written file to its key. The previous content stays as a version if the store keeps versions.</summary>
    public void Publish(WrittenFile written, string key, ObjectInfo? before)
    {
        var path = layout.FileOf(key);
        layout.RefuseLinkOut(path, key);
        MakeRoom(key, path);

        var older = before is null ? null : layout.OlderVersionOf(key, before.Version);
        if (older is not null)
            layout.RefuseLinkOut(older, key);
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
        layout.RefuseLinkOut(path, key);
        if (layout.OlderVersionOf(key, before.Version) is { } older)
        {
            layout.RefuseLinkOut(older, key);
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
            ForgetTags(key, etag); // left by an earlier put of the same content
            return;
        }

        Directory.CreateDirectory(layout.Tags);
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(tags.ToDictionary(), StorageJson.Default.DictionaryStringString));
        var written = await temporary.WriteAsync(content, cancellation);
        try
        {
            File.Move(written.Path, layout.TagsOf(key, etag), overwrite: true);
        }
        finally
        {
            TemporaryFiles.Forget(written.Path); // gone already if it was renamed
        }
    }

    public void ForgetTags(string key, string etag) => TemporaryFiles.Forget(layout.TagsOf(key, etag));

    private static void MakeRoom(string key, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        for (var above = ObjectKey.FolderOf(key); above.Length > 0; above = ObjectKey.FolderOf(above))
            if (File.Exists(path[..^(key.Length - above.Length)]))
                throw new SlipwayException($"'{key}' cannot be written: '{above}' is an object, and a directory store cannot keep objects below one. Choose another key.");

        Directory.CreateDirectory(folder);
        if (Directory.Exists(path) && !TryRemoveEmpty(path))
            throw new SlipwayException($"'{key}' cannot be written: it is a folder with other objects in '{path}', and a directory store cannot keep both. Choose another key.");
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
            return false; // not empty; the operating system decides, so that nothing just written is lost
        }
    }
}
