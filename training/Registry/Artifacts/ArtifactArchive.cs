using System.Formats.Tar;
using System.IO.Compression;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Artifacts;

/// <summary>
/// <c>model.tar.gz</c>: regular files, all at its top. Packing the same files gives the same bytes;
/// unpacking trusts no metadata of the archive.
/// </summary>
public static class ArtifactArchive
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Packs the files of <paramref name="folder"/> in the order of their names, with neither times nor owners.</summary>
    public static async Task PackAsync(string folder, Stream destination, CancellationToken cancellation)
    {
        await using var gzip = new GZipStream(destination, CompressionLevel.Optimal, leaveOpen: true);
        await using var tar = new TarWriter(gzip, TarEntryFormat.Ustar);
        foreach (var file in FilesOf(folder))
        {
            await using var content = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true);
            await tar.WriteEntryAsync(
                new UstarTarEntry(TarEntryType.RegularFile, file.Name) { DataStream = content, Mode = Mode, ModificationTime = DateTimeOffset.UnixEpoch },
                cancellation);
        }
    }

    /// <summary>
    /// Unpacks to <paramref name="folder"/>, which appears complete or not at all. It must not exist yet, or must be empty.
    /// </summary>
    /// <param name="isWanted">Which of the files to write; null for all. The archive is verified as a whole either way.</param>
    /// <exception cref="InvalidArtifactException">The archive is damaged, contains anything but regular files, or is larger than <paramref name="limits"/>.</exception>
    public static async Task UnpackAsync(Stream archive, string folder, ArtifactLimits limits, CancellationToken cancellation, Func<string, bool>? isWanted = null)
    {
        using var staging = StagingFolder.Beside(folder);
        try
        {
            await using var packed = new GzipEndStream(archive);
            await using var gzip = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
            await using var guarded = new TarGuardStream(gzip, limits);
            await UnpackEntriesAsync(guarded, staging.Path, limits, isWanted ?? (_ => true), cancellation);
            await guarded.DrainAsync(cancellation);
            packed.Expect(guarded.Position);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new InvalidArtifactException($"The archive is damaged: {e.Message}", e);
        }
        catch (Exception e) when (DirectoryErrors.IsFromTheFolder(e))
        {
            throw StagingFolder.Describe(folder, e);
        }

        StagingFolder.Publish(staging.Path, folder);
    }

    private static async Task UnpackEntriesAsync(Stream tar, string folder, ArtifactLimits limits, Func<string, bool> isWanted, CancellationToken cancellation)
    {
        await using var reader = new TarReader(tar, leaveOpen: true);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase); // two names that differ in case are one file on some systems
        while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            if (IsNoFile(entry))
                continue;

            var name = CheckedName(entry);
            if (!names.Add(name))
                throw new InvalidArtifactException($"The archive contains '{name}' twice.");
            if (entry.Length > limits.BytesPerFile)
                throw new InvalidArtifactException($"'{name}' in the archive has {entry.Length:N0} bytes; the limit is {limits.BytesPerFile:N0}. {ArtifactLimits.Remedy}");
            if (isWanted(name))
                await WriteAsync(entry, Path.Combine(folder, name), cancellation);
        }
    }

    // "tar -C folder ." begins with the folder itself; a global header only contains defaults
    private static bool IsNoFile(TarEntry entry) =>
        entry.EntryType == TarEntryType.GlobalExtendedAttributes || (entry.EntryType == TarEntryType.Directory && entry.Name is "." or "./");

    private static string CheckedName(TarEntry entry)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            throw new InvalidArtifactException($"'{entry.Name}' in the archive is a {entry.EntryType}; only regular files are accepted.");

        var name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
        return ArtifactName.IsPlain(name)
            ? name
            : throw new InvalidArtifactException($"'{entry.Name}' in the archive is not a plain file name. Use {ArtifactName.Rule}.");
    }

    private static async Task WriteAsync(TarEntry entry, string path, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, useAsync: true);
        if (entry.DataStream is { } content)
            await content.CopyToAsync(file, cancellation);
        if (file.Length != entry.Length)
            throw new InvalidArtifactException($"'{entry.Name}' in the archive is truncated after {file.Length:N0} of {entry.Length:N0} bytes.");
    }

    private static IEnumerable<FileInfo> FilesOf(string folder)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
            yield return entry is FileInfo { LinkTarget: null } file && ArtifactName.IsPlain(file.Name)
                ? file
                : throw new SlipwayException(
                    $"'{entry.FullName}' cannot be packed: a model archive contains only top-level regular files, named with {ArtifactName.Rule}.");
    }
}
