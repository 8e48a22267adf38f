using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.TestReports;

/// <summary>Where Linux keeps files in memory.</summary>
/// <param name="Mounts">The mounted file systems, as <c>/proc/mounts</c> lists them.</param>
/// <param name="Free">The bytes that fit into it.</param>
/// <param name="Memory">The bytes that this process may use.</param>
/// <param name="Chosen">The folder for temporary files that a person has set; null if none.</param>
public sealed record MemoryFileSystem(string Root, string Mounts, long Free, long Memory, string? Chosen)
{
    // all tests together fill a few hundred MB at a time, and their processes need memory too
    private const long MinFree = 2L << 30;
    private const long MinMemory = 6L << 30;

    private const string MountList = "/proc/mounts";

    public static MemoryFileSystem OfThisMachine(string root = "/dev/shm") => new(
        root,
        File.Exists(MountList) ? File.ReadAllText(MountList) : "",
        Directory.Exists(root) ? new DriveInfo(root).AvailableFreeSpace : 0,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        EnvironmentVariables.Value(EnvironmentVariables.TemporaryFolder));

    /// <summary>Why it cannot be used for the temporary files of tests; null if it can.</summary>
    public string? Problem()
    {
        if (Chosen is not null)
            return $"{EnvironmentVariables.TemporaryFolder} is set to {Chosen}";
        var mount = Mounts.Split('\n').Select(line => line.Split(' ')).LastOrDefault(fields => fields.Length > 3 && fields[1] == Root);
        if (mount is not [_, _, "tmpfs", var options, ..])
            return $"{Root} is not a file system in memory";
        // tests execute scripts that they write
        if (options.Split(',').FirstOrDefault(option => option is "ro" or "noexec") is { } refused)
            return $"{Root} is mounted with {refused}";
        if (Free < MinFree)
            return $"{Root} has {Free >> 20} MB free, and {MinFree >> 20} MB are needed";
        return Memory < MinMemory ? $"there are {Memory >> 20} MB of memory, and {MinMemory >> 20} MB are needed" : null;
    }
}
