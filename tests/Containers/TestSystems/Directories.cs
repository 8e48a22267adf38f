namespace Slipway.Containers.Tests.TestSystems;

/// <summary>Folders of the tests that containers can read and write, whatever the umask of this process and the owners of the files.</summary>
internal static class Directories
{
    public static string ForEverybody(string name) => Open(Directory.CreateDirectory(Path.Combine(TestSystem.Folder, $"{name}-{Guid.NewGuid():n}")).FullName);

    public static string Open(string folder)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Append(folder))
            File.SetUnixFileMode(path, Directory.Exists(path) ? (UnixFileMode)0x1FF : (UnixFileMode)0x1B6); // 0777, 0666
        return folder;
    }
}
