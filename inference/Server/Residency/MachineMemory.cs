using System.Globalization;

namespace Slipway.Inference.Residency;

/// <summary>
/// Reads how much memory is left: on Linux, what the control groups (version 1 and 2) of this process and the machine allow; elsewhere, what .NET reports.
/// </summary>
/// <param name="root">Where the files of the kernel are.</param>
public sealed class MachineMemory(string root = "/")
{
    public MemoryReading Read()
    {
        if (!OperatingSystem.IsLinux())
            return Managed();
        try
        {
            var machine = Machine();
            return Groups().Aggregate(machine, (least, group) => group is { } limited ? least.Or(limited) : least);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or KeyNotFoundException)
        {
            return Managed();
        }
    }

    private static MemoryReading Managed()
    {
        var memory = GC.GetGCMemoryInfo();
        return new(memory.TotalAvailableMemoryBytes, Math.Max(0, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes));
    }

    private MemoryReading Machine()
    {
        var values = Values("proc/meminfo", ':');
        return new(values["MemTotal"] * 1024, values["MemAvailable"] * 1024);
    }

    // A limit may be set on any group above the one of this process. In a container, the path may be that of the host while only the container's own group is mounted.
    private IEnumerable<MemoryReading?> Groups()
    {
        foreach (var line in File.ReadLines(Path.Combine(root, "proc/self/cgroup")))
        {
            if (line.Split(':', 3) is not [_, var controllers, var path])
                continue;
            var second = controllers.Length == 0;
            if (!second && !controllers.Split(',').Contains("memory"))
                continue;
            foreach (var group in Ancestors(path))
                yield return second
                    ? Group($"sys/fs/cgroup{group}", "memory.max", "memory.current", "inactive_file")
                    : Group($"sys/fs/cgroup/memory{group}", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file");
        }
    }

    private static IEnumerable<string> Ancestors(string path)
    {
        for (; path.Length > 1; path = path[..Math.Max(0, path.LastIndexOf('/'))])
            yield return path;
        yield return "";
    }

    // pages of files that were read count as used, although the kernel frees them as soon as memory is needed
    private MemoryReading? Group(string folder, string limit, string usage, string reclaimable)
    {
        if (Number(Path.Combine(folder, limit)) is not { } most || Number(Path.Combine(folder, usage)) is not { } used)
            return null;
        var files = File.Exists(Full(Path.Combine(folder, "memory.stat"))) ? Values(Path.Combine(folder, "memory.stat"), ' ').GetValueOrDefault(reclaimable) : 0;
        return new(most, Math.Max(0, most - Math.Max(0, used - files)));
    }

    // null where there is no limit: version 2 writes a word; version 1 writes a number that no machine has
    private long? Number(string file) =>
        File.Exists(Full(file)) && long.TryParse(File.ReadAllText(Full(file)).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private Dictionary<string, long> Values(string file, char separator)
    {
        var values = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Full(file)))
            if (line.Split(separator, 2, StringSplitOptions.TrimEntries) is [var name, var text]
                && long.TryParse(text.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                values[name] = value;
        return values;
    }

    private string Full(string file) => Path.Combine(root, file);
}
