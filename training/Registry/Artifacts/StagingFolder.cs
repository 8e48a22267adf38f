using Slipway.Registry.Storage;

namespace Slipway.Registry.Artifacts;

/// <summary>A folder that is filled under another name, so that it only appears under its real name when it is complete. Disposing deletes what was not published.</summary>
internal sealed class StagingFolder : IDisposable
{
    private StagingFolder(string path) => Path = path;

    public string Path { get; }

    public static StagingFolder Beside(string folder)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder));
        RefuseContent(full);
        // a sibling, because a rename cannot move across disks
        var path = $"{full}.{Guid.NewGuid():N}.partial";
        try
        {
            Directory.CreateDirectory(path);
            return new(path);
        }
        catch (Exception e) when (DirectoryErrors.IsFromTheFolder(e))
        {
            throw Describe(full, e);
        }
    }

    public static SlipwayException Describe(string folder, Exception e) => DirectoryErrors.Describe(folder, "unpack the model", e, "folder");

    /// <summary>Renames <paramref name="complete"/>, this folder or one in it, to its real name.</summary>
    public static void Publish(string complete, string folder)
    {
        RefuseContent(folder);
        if (Directory.Exists(folder))
            Directory.Delete(folder);
        Directory.Move(complete, folder);
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    private static void RefuseContent(string folder)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new SlipwayException($"'{folder}' exists already and is not empty. Choose a new folder, or delete it.");
    }
}
