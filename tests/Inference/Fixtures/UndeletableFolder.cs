namespace Slipway.Inference.Tests.Fixtures;

/// <summary>
/// Prevents everybody, including root, from deleting a folder, as a mapped file does on Windows: there by an open file, elsewhere by files at a
/// depth that exceeds the maximum length of a path.
/// </summary>
internal sealed class UndeletableFolder : IDisposable
{
    // PATH_MAX is 4096 on Linux and 1024 on macOS, and the longest name of a folder is 255
    private const int Half = 2_100;
    private const int NameLength = 200;

    private readonly FileStream? _open;
    private readonly string _deep = "";
    private readonly string _beside = "";

    public UndeletableFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            _open = new(Path.Combine(folder, "mapped"), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            return;
        }

        // the whole path of files in a folder that is moved was never used
        var half = OperatingSystem.IsMacOS() ? Half / 4 : Half;
        _beside = Chain(Path.GetTempPath(), half);
        _deep = Path.Combine(Chain(folder, half), "deep");
        Directory.Move(First(Path.GetTempPath(), _beside), _deep);
    }

    public void Dispose()
    {
        _open?.Dispose();
        if (_deep.Length == 0)
            return;
        var first = First(Path.GetTempPath(), _beside);
        Directory.Move(_deep, first);
        TestFolder.Remove(first);
    }

    private static string Chain(string folder, int length)
    {
        var chain = Path.Combine(folder, $"{Guid.NewGuid():N}");
        while (chain.Length < length)
            chain = Path.Combine(chain, new string('d', NameLength));
        Directory.CreateDirectory(chain);
        return chain;
    }

    private static string First(string folder, string chain) =>
        Path.Combine(folder, Path.GetRelativePath(folder, chain).Split(Path.DirectorySeparatorChar)[0]);
}
