namespace Slipway.Aws.Tests.Fixtures;

/// <summary>Where the emulator's Python is. It is run from the repository and not copied.</summary>
internal static class EmulatorFolder
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Slipway.slnx")))
            folder = folder.Parent;
        return System.IO.Path.Combine(folder?.FullName ?? throw new InvalidOperationException("These tests run inside the repository only."), "tests", "Aws", "Emulator");
    }
}
