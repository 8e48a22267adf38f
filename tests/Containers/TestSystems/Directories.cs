namespace Slipway.Containers.Tests.TestSystems;

/// <summary>Folders of the tests that containers may write to.</summary>
internal static class Directories
{
    public static string ForEverybody(string name) => Open(Directory.CreateDirectory(Path.Combine(TestSystem.Folder, $"{name}-{Guid.NewGuid():n}")).FullName);

    public static string Open(string folder)
    {
        foreach (var path in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Append(folder))
            File.SetUnixFileMode(path, (UnixFileMode)0x1FF); // 0777
        return folder;
    }
}
