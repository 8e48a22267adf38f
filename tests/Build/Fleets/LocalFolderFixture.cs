namespace Slipway.Build.Tests;

/// <summary>An empty local environment in a folder of the test's own.</summary>
internal sealed class LocalFolderFixture : IDisposable
{
    public LocalFolderFixture() => Folders = new(Path.Combine(Root, "local"));

    public string Root { get; } = Directory.CreateTempSubdirectory("slipway-build-").FullName;

    public LocalFolders Folders { get; }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
