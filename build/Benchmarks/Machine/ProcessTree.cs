using System.Diagnostics;
using System.Globalization;

namespace Slipway.Benchmarks.Machine;

/// <summary>A process and its child processes. On systems other than Linux, only the process itself.</summary>
public static class ProcessTree
{
    /// <summary>The ids of a process and all its descendants.</summary>
    public static IReadOnlyList<int> Of(int id) => [id, .. ChildrenOf(id).SelectMany(Of)];

    /// <summary>The sum of their peak memory since they started; memory that workers share is counted for each. Null if unknown.</summary>
    public static long? PeakBytes(IEnumerable<int> ids)
    {
        var sum = ids.Sum(PeakBytes);
        return sum > 0 ? sum : null;
    }

    private static long PeakBytes(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.PeakWorkingSet64;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // it has exited
            return 0;
        }
    }

    private static IEnumerable<int> ChildrenOf(int id)
    {
        var threads = $"/proc/{id.ToString(CultureInfo.InvariantCulture)}/task";
        if (!Directory.Exists(threads))
            return [];
        try
        {
            // each thread lists the processes that it started
            return [.. Directory.EnumerateDirectories(threads).Select(thread => Path.Combine(thread, "children")).Where(File.Exists).SelectMany(ReadIds)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static IEnumerable<int> ReadIds(string path) =>
        File.ReadAllText(path).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture));
}
