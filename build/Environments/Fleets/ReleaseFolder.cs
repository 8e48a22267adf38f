using System.Security.Cryptography;
using System.Text;
using Slipway.Registry;

namespace Slipway.Build.Environments.Fleets;

/// <summary>
/// Copies of built services, named by the hash of their content: <c>releases/&lt;hash&gt;/</c>. Services run from here and never from build
/// output, which the next build overwrites. The same content is the same release.
/// </summary>
public sealed class ReleaseFolder(LocalFolders folders)
{
    private const int HashLength = 12;
    private const string FaultFile = "slipway-fault.txt";

    /// <param name="output">A folder of build output.</param>
    public FolderRelease Add(string output)
    {
        if (!Directory.Exists(output))
            throw new SlipwayException($"'{output}' does not exist: run ./build.sh --target=BuildRelease first.");

        var files = Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".pdb", StringComparison.Ordinal) && !file.EndsWith(".xml", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToList();
        var hash = Hash(output, files);
        var folder = Path.Combine(folders.Releases, hash);
        if (!Directory.Exists(folder))
            Copy(output, files, folder);
        return new(hash, folder);
    }

    /// <summary>The same release with a fault: another one, for trying what happens to a bad release.</summary>
    /// <param name="fault">The option of its servers.</param>
    public FolderRelease WithFault(FolderRelease release, string fault)
    {
        var copy = Directory.CreateTempSubdirectory("slipway-fault-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(release.Folder, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(copy, Path.GetRelativePath(release.Folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            File.WriteAllText(Path.Combine(copy, FaultFile), fault);
            return Add(copy);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>The fault that the servers of a release have; null for any release that was not made for trying that.</summary>
    public static string? FaultOf(Release release) =>
        release is FolderRelease { Folder: var folder } && File.Exists(Path.Combine(folder, FaultFile)) ? File.ReadAllText(Path.Combine(folder, FaultFile)) : null;

    /// <summary>Finds a release by its hash; null if it was pruned.</summary>
    public FolderRelease? Find(string hash)
    {
        var folder = Path.Combine(folders.Releases, hash);
        return Directory.Exists(folder) ? new(hash, folder) : null;
    }

    /// <summary>Deletes all releases except these.</summary>
    public void Prune(IEnumerable<string> keep)
    {
        var kept = keep.ToHashSet(StringComparer.Ordinal);
        foreach (var folder in Directory.EnumerateDirectories(folders.Releases))
            if (!kept.Contains(Path.GetFileName(folder)))
                Directory.Delete(folder, recursive: true);
    }

    private static string Hash(string output, List<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            using var content = File.OpenRead(file);
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(output, file)));
            hash.AppendData(SHA256.HashData(content));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..HashLength];
    }

    // Copied under another name first, so that a folder that is named by a hash is always complete.
    private void Copy(string output, List<string> files, string folder)
    {
        var partial = Path.Combine(folders.Releases, $".{Path.GetFileName(folder)}.{Guid.NewGuid():n}");
        try
        {
            foreach (var file in files)
            {
                var target = Path.Combine(partial, Path.GetRelativePath(output, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            Directory.Move(partial, folder);
        }
        catch (IOException e)
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
            throw new SlipwayException($"The release could not be copied to '{folder}': {e.Message.TrimEnd('.')}. Check the free space on that disk.", e);
        }
    }
}

