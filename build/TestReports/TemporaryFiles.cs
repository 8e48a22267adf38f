namespace Slipway.Build.TestReports;

/// <summary>
/// The folder for the temporary files of one test run, in memory if this machine supports it: stores flush whatever they write, and flushing it to a disk takes
/// up to half of the processor time of the tests that use them.
/// </summary>
public sealed class TemporaryFiles : IDisposable
{
    private const string Prefix = "slipway-tests-";
    private const string LockFile = ".in-use";

    private readonly FileStream? _lock;

    private TemporaryFiles(string? folder, FileStream? held, string description) => (Folder, _lock, Description) = (folder, held, description);

    /// <summary>Null for the folder that programs use by default.</summary>
    public string? Folder { get; }

    /// <summary>Where the files are, and why.</summary>
    public string Description { get; }

    public static TemporaryFiles Create(MemoryFileSystem memory)
    {
        if (memory.Problem() is { } problem)
            return OnDisk(problem);
        try
        {
            RemoveAbandoned(memory.Root);
            var folder = Directory.CreateDirectory(Path.Combine(memory.Root, $"{Prefix}{Path.GetRandomFileName()}")).FullName;
            return new(folder, Hold(folder), $"Temporary files are in memory, in {folder}, except those of projects with TestFilesOnDisk.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return OnDisk(e.Message.TrimEnd('.'));
        }
    }

    public void Dispose()
    {
        _lock?.Dispose();
        if (Folder is not null)
            TryRemove(Folder);
    }

    private static TemporaryFiles OnDisk(string reason) => new(null, null, $"Temporary files are on disk: {reason}.");

    // of runs that were killed: until they are removed, they take up memory
    private static void RemoveAbandoned(string root)
    {
        foreach (var folder in Directory.EnumerateDirectories(root, $"{Prefix}*"))
        {
            try
            {
                Hold(folder).Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue; // in use, or somebody else's
            }

            TryRemove(folder);
        }
    }

    private static FileStream Hold(string folder) => new(Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    // what cannot be removed, such as a path that is too long, does not fail a run
    private static void TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
        }
    }
}
