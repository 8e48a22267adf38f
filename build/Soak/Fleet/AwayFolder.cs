namespace Slipway.Soak.Fleet;

/// <summary>A folder that is somewhere else until this is disposed. A file is in its place, so that nobody can create it again.</summary>
public sealed class AwayFolder : IDisposable
{
    private readonly string _path;
    private readonly string _aside;

    /// <param name="aside">Where it is meanwhile.</param>
    public AwayFolder(string path, string aside)
    {
        (_path, _aside) = (path, aside);
        Directory.Move(_path, _aside);
        File.WriteAllText(_path, "");
    }

    /// <summary>Removes what a killed soak left in the place of the folder.</summary>
    public static void Forget(string path)
    {
        if (File.Exists(path))
            File.Delete(path);
    }

    public void Dispose()
    {
        File.Delete(_path);
        Directory.Move(_aside, _path);
    }
}
