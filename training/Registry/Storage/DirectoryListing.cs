namespace Slipway.Registry.Storage;

/// <summary>Finds the keys of a directory store with a prefix, in ordinal order, with one folder in memory at a time.</summary>
internal static class DirectoryListing
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = FileAttributes.None, // the default would skip system files, which Unix does not have
        IgnoreInaccessible = false,
        MatchType = MatchType.Simple,
    };

    /// <param name="after">Only keys that sort after this one; null for all.</param>
    public static IEnumerable<string> Keys(DirectoryLayout layout, string prefix, string? after = null) =>
        Keys(layout, ObjectKey.FolderOf(prefix), prefix, after);

    /// <summary>The folders directly in one, each with its slash. A folder that deletes have emptied contains no key and does not count.</summary>
    public static IEnumerable<string> Folders(DirectoryLayout layout, string folder)
    {
        foreach (var (name, isFolder) in Entries(layout, folder.TrimEnd('/'), after: null))
            if (isFolder && ObjectKey.IsValid(folder + name) && Keys(layout, folder + name, $"{folder}{name}/").Any())
                yield return $"{folder}{name}/";
    }

    private static IEnumerable<string> Keys(DirectoryLayout layout, string folder, string prefix, string? after)
    {
        var start = folder.Length == 0 ? "" : folder + "/";
        foreach (var (name, isFolder) in Entries(layout, folder, after))
        {
            var key = start + name;
            if (!isFolder && key.StartsWith(prefix, StringComparison.Ordinal) && ObjectKey.IsValid(key))
                yield return key;
            else if (isFolder && Overlap(key + "/", prefix) && ObjectKey.IsValid(key))
                foreach (var below in Keys(layout, key, prefix, after))
                    yield return below;
        }
    }

    // With its slash, a folder sorts where its keys do: 'a-b' < 'a.b' < 'a/b' < 'ab'.
    private static List<(string Name, bool IsFolder)> Entries(DirectoryLayout layout, string folder, string? after)
    {
        var start = folder.Length == 0 ? "" : folder + "/";
        try
        {
            return [.. new DirectoryInfo(layout.FileOf(folder)).EnumerateFileSystemInfos("*", Everything)
                .Where(entry => !entry.Name.StartsWith('.') && (after is null || IsAfter(start + entry.Name, entry is DirectoryInfo, after))) // before it costs a look at each
                .Select(entry => (entry.Name, IsFolder: entry is DirectoryInfo, IsLink: entry.LinkTarget is not null))
                .Where(entry => !(entry.IsFolder && entry.IsLink)) // a link to a folder may be circular
                .Where(entry => !entry.IsLink || DirectoryLinks.Outside(layout.Root, Path.Combine(layout.FileOf(folder), entry.Name)) is null)
                .Select(entry => (entry.Name, entry.IsFolder))
                .OrderBy(entry => entry.IsFolder ? entry.Name + "/" : entry.Name, StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (IOException) when (File.Exists(layout.FileOf(folder)))
        {
            return []; // part of the prefix is an object
        }
        catch (Exception e) when (DirectoryErrors.IsFromTheFolder(e))
        {
            throw DirectoryErrors.Describe(layout.Root, $"list '{folder}/'", e);
        }
    }

    // the keys in a folder may be on both sides of it
    private static bool IsAfter(string path, bool isFolder, string after) => isFolder
        ? after.StartsWith(path + "/", StringComparison.Ordinal) || string.CompareOrdinal(path + "/", after) > 0
        : string.CompareOrdinal(path, after) > 0;

    private static bool Overlap(string folder, string prefix) =>
        folder.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(folder, StringComparison.Ordinal);
}
