namespace Slipway.Registry.Storage;

/// <summary>
/// Symbolic links in a store's folder. They are followed inside it but never out of it: whoever can add a file there must not be able to read other files, or have them
/// overwritten. The folder itself may be a link.
/// </summary>
public static class DirectoryLinks
{
    private const int MaxHops = 40; // the limit of Linux

    /// <summary>The target of a path, if it is outside the folder; null if it is inside.</summary>
    /// <param name="root">The store's folder, as a full path.</param>
    /// <param name="path">A path below it, whether or not it exists.</param>
    public static string? Outside(string root, string path) => Outside(root.TrimEnd(Path.DirectorySeparatorChar), path, MaxHops);

    private static string? Outside(string root, string path, int hops)
    {
        for (var at = path; at.Length > root.Length; at = Path.GetDirectoryName(at)!)
        {
            if (new FileInfo(at).LinkTarget is not { } target)
                continue;
            var full = Path.GetFullPath(target, Path.GetDirectoryName(at)!);
            if (hops == 0 || !IsInside(root, full))
                return full;

            // its target may be, or contain, a link as well
            return Outside(root, full + path[at.Length..], hops - 1);
        }

        return null;
    }

    private static bool IsInside(string root, string path) =>
        path == root || (path.StartsWith(root, StringComparison.Ordinal) && path[root.Length] == Path.DirectorySeparatorChar);
}
