using System.Security.Cryptography;

namespace Slipway.Registry.Storage;

/// <summary>The temporary files of a directory store: under <c>.tmp</c>, on the same disk, so that a rename can publish them.</summary>
internal sealed class TemporaryFiles(DirectoryLayout layout, TimeProvider time)
{
    // longer than any put takes; older files belong to a process that died
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(6);

    /// <summary>Writes all of <paramref name="content"/> to a temporary file and flushes it to the disk. Leaves nothing behind if it fails.</summary>
    public async Task<WrittenFile> WriteAsync(Stream content, CancellationToken cancellation)
    {
        layout.RefuseLinkOut(layout.Temporary, ".tmp");
        Directory.CreateDirectory(layout.Temporary);
        var path = layout.NewTemporaryFile();
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var buffer = new CopyBuffer();
            long length = 0;
            int read;
            while ((read = await ReadSourceAsync(content, buffer.Memory, cancellation)) > 0)
            {
                hash.AppendData(buffer.Memory.Span[..read]);
                await file.WriteAsync(buffer.Memory[..read], cancellation);
                length += read;
            }

            // otherwise, a crash of the machine could leave the new name on an empty file
            await FlushToDiskAsync(file);
            return new(path, ContentHashes.Shorten(hash.GetHashAndReset()), length, new(File.GetLastWriteTimeUtc(file.SafeFileHandle)));
        }
        catch
        {
            Forget(path);
            throw;
        }
    }

    /// <summary>Deletes the files of processes that died in the middle of a put.</summary>
    public void CleanUp()
    {
        try
        {
            foreach (var file in new DirectoryInfo(layout.Temporary).EnumerateFiles())
                if (file.LastWriteTimeUtc < time.GetUtcNow().UtcDateTime - Abandoned)
                    Forget(file.FullName);
        }
        catch (DirectoryNotFoundException)
        {
            // nothing was ever written here
        }
        catch (Exception e) when (DirectoryErrors.IsFromTheFolder(e))
        {
            throw DirectoryErrors.Describe(layout.Root, "clean up", e);
        }
    }

    /// <summary>Deletes a file that is no longer needed. A failure is ignored: <see cref="CleanUp"/> tries again.</summary>
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

    // It takes as long as the disk does, and the threads of the pool, of which there may be two, answer requests.
    private static Task FlushToDiskAsync(FileStream file) => Task.Factory.StartNew(
        static file => ((FileStream)file!).Flush(flushToDisk: true), file, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // an error of the caller's stream is not an error of the store's folder
    private static async ValueTask<int> ReadSourceAsync(Stream content, Memory<byte> buffer, CancellationToken cancellation)
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
