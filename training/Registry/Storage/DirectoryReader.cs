using Microsoft.Win32.SafeHandles;

namespace Slipway.Registry.Storage;

/// <summary>
/// Reads from a directory store. It takes no lock: a put renames a complete file into place, so whatever can be opened is complete.
/// A file that vanishes between two operations is simply absent.
/// </summary>
internal sealed class DirectoryReader(DirectoryLayout layout, TimeProvider time)
{
    private readonly ContentHashes _hashes = new(time);

    public async Task<StoredObject?> OpenAsync(string key, string path, CancellationToken cancellation)
    {
        SafeFileHandle? file = null;
        try
        {
            layout.RefuseLinkOut(path, key);
            file = TryOpen(path);
            if (file is null)
                return null;

            var length = RandomAccess.GetLength(file);
            if (length <= ContentHashes.MaxSmallBytes)
                return Read(key, file, (int)length);

            var info = Describe(key, file, length, await _hashes.OfAsync(path, file, cancellation));
            var opened = new StoredObject(info, new FileStream(file, FileAccess.Read, bufferSize: 64 * 1024, isAsync: true));
            file = null;
            return opened;
        }
        catch (Exception e) when (DirectoryErrors.IsFromTheFolder(e))
        {
            throw DirectoryErrors.Describe(layout.Root, $"read '{key}'", e);
        }
        finally
        {
            file?.Dispose();
        }
    }

    public async Task<ObjectInfo?> DescribeAsync(string key, string path, CancellationToken cancellation)
    {
        var opened = await OpenAsync(key, path, cancellation);
        if (opened is null)
            return null;

        await using (opened)
            return opened.Info;
    }

    // opening it was synchronous too, and a switch to another thread takes longer than reading so little
    private static StoredObject Read(string key, SafeFileHandle file, int length)
    {
        var content = new byte[length];
        var filled = 0;
        int read;
        while (filled < length && (read = RandomAccess.Read(file, content.AsSpan(filled), filled)) > 0)
            filled += read;

        var info = Describe(key, file, filled, ContentHashes.Of(content.AsSpan(0, filled)));
        return new(info, new MemoryStream(content, 0, filled, writable: false));
    }

    private static ObjectInfo Describe(string key, SafeFileHandle file, long length, string etag) =>
        new(key, etag, length, Version: etag, new(File.GetLastWriteTimeUtc(file)));

    private static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return File.OpenHandle(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (IOException e) when (DirectoryErrors.IsHeldByAnother(e))
        {
            return null; // copied by hand and still being written: it has not arrived
        }
        catch (Exception e) when (DirectoryErrors.IsFromTheFolder(e) && (Directory.Exists(path) || HasFileAsFolder(path)))
        {
            return null; // a folder is not an object, and there is none below a file
        }
    }

    private static bool HasFileAsFolder(string path)
    {
        for (var folder = Path.GetDirectoryName(path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
            if (File.Exists(folder))
                return true;
        return false;
    }
}
