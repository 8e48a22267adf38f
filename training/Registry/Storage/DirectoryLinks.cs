namespace Slipway.Registry.Storage;

/// <summary>
/// Symbolic links in a store's folder. They are followed within it and never out of it: whoever may drop a file there must not come by others, or have others
/// written over. The folder itself may be a link.
/// </summary>
public static class DirectoryLinks
{
    private const int MostHops = 40; // as Linux has it

    /// <summary>Where a path leads to, when that is outside of the folder; null when it stays inside.</summary>
    /// <param name="root">The store's folder, as a full path.</param>
    /// <param name="path">Under it, whether or not anything is there.</param>
    public static string? Outside(string root, string path) => Outside(root.TrimEnd(Path.DirectorySeparatorChar), path, MostHops);

    private static string? Outside(string root, string path, int hops)
    {
        for (var at = path; at.Length > root.Length; at = Path.GetDirectoryName(at)!)
        {
            if (new FileInfo(at).LinkTarget is not { } target)
                continue;
            var full = Path.GetFullPath(target, Path.GetDirectoryName(at)!);
            if (hops == 0 || !IsInside(root, full))
                return full;

            // what it leads to may be, or go through, a link as well
            return Outside(root, full + path[at.Length..], hops - 1);
        }

        return null;
    }

    private static bool IsInside(string root, string path) =>
        path == root || (path.StartsWith(root, StringComparison.Ordinal) && path[root.Length] == Path.DirectorySeparatorChar);
}
