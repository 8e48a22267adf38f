using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Fleets.Services;

namespace Slipway.Build.Tests.Environments.Fleets;

/// <summary>An empty local environment in a folder of the test's own.</summary>
internal sealed class LocalFolderFixture : IDisposable
{
    public LocalFolderFixture() => Folders = new(Path.Combine(Root, "local"));

    public string Root { get; } = Directory.CreateTempSubdirectory("slipway-build-").FullName;

    public LocalFolders Folders { get; }

    /// <summary>For an environment of processes, which never needs it.</summary>
    public static LocalEngine NoEngine { get; } = new(
        _ => throw new InvalidOperationException("This test uses no Docker."), _ => throw new InvalidOperationException("This test packages no images."));

    /// <summary>A named pipe, which blocks when it is opened; the test is skipped on systems without them.</summary>
    public async Task<string> Pipe(string name)
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Windows has no pipes with a name among its files.");
        var pipe = Path.Combine(Root, name);
        using var make = System.Diagnostics.Process.Start("mkfifo", [pipe]);
        await make.WaitForExitAsync();
        return pipe;
    }

    public void Dispose() => TestFolder.Remove(Root);
}
