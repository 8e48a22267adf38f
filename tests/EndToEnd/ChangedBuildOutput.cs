namespace Slipway.EndToEnd.Tests;

/// <summary>A different build of the services, from the viewpoint of a release: one more file in the output of each.</summary>
internal sealed class ChangedBuildOutput : IDisposable
{
    private readonly string[] _files;

    /// <param name="root">A tree of the test's own.</param>
    public ChangedBuildOutput(string root)
    {
        _files =
        [
            .. new[] { "inference/Server", "gateway/Proxy" }.Select(project =>
                Path.Combine(root, project, "bin", BuildHost.Configuration, "net10.0", "another-build.txt")),
        ];
        foreach (var file in _files)
            File.WriteAllText(file, "This file makes the same build another release, for a test.");
    }

    public void Dispose()
    {
        foreach (var file in _files)
            File.Delete(file);
    }
}
