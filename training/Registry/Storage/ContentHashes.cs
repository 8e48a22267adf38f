using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Slipway.Registry.Storage;

/// <summary>
/// ETags of files, derived from their content: a file that was copied by hand, or restored from a backup, has the right one without any record of it.
/// Those of large files are cached, because a poll must not read a gigabyte every second.
/// </summary>
internal sealed class ContentHashes(TimeProvider time)
{
    /// <summary>Files up to this size are read at once, and hashed each time.</summary>
    public const int MaxSmallBytes = 64 * 1024;

    private const int MaxRemembered = 1024;

    // A file may change again within one tick of its file system's clock and keep its time and length. (FAT is the coarsest, with 2 s.)
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, CachedHash> _remembered = new(StringComparer.Ordinal);

    public static string Of(ReadOnlySpan<byte> content) => Shorten(SHA256.HashData(content));

    // 128 bits: no two contents of one key collide by chance, and a version stays readable in a lineage
    public static string Shorten(ReadOnlySpan<byte> sha256) => Convert.ToHexStringLower(sha256[..16]);

    public static bool IsWellFormed(string etag) => etag.Length == 32 && etag.All(char.IsAsciiHexDigitLower);

    public async ValueTask<string> OfAsync(string path, SafeFileHandle file, CancellationToken cancellation)
    {
        var length = RandomAccess.GetLength(file);
        var modified = File.GetLastWriteTimeUtc(file);
        if (_remembered.TryGetValue(path, out var known) && known.Length == length && known.Modified == modified)
            return known.ETag;

        var etag = await ComputeAsync(file, cancellation);
        if (modified < time.GetUtcNow().UtcDateTime - Settled)
            Remember(path, new(length, modified, etag));
        return etag;
    }

    private void Remember(string path, CachedHash hash)
    {
        if (_remembered.Count >= MaxRemembered)
            _remembered.Clear();
        _remembered[path] = hash;
    }

    private static async Task<string> ComputeAsync(SafeFileHandle file, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var buffer = new CopyBuffer();
        long offset = 0;
        int read;
        while ((read = await RandomAccess.ReadAsync(file, buffer.Memory, offset, cancellation)) > 0)
        {
            hash.AppendData(buffer.Memory.Span[..read]);
            offset += read;
        }

        return Shorten(hash.GetHashAndReset());
    }

    private readonly record struct CachedHash(long Length, DateTime Modified, string ETag);
}
