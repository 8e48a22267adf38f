using System.Diagnostics;
using System.Globalization;

namespace Slipway.Build.Benchmarks.Machine;

/// <summary>A process with the workers that it started. Elsewhere than on Linux, the process alone.</summary>
public static class ProcessTree
{
    /// <summary>The ids of a process and of all below it.</summary>
    public static IReadOnlyList<int> Of(int id) => [id, .. ChildrenOf(id).SelectMany(Of)];

    /// <summary>The most memory that they have held since they started, added up: what workers share counts for each. Null where nobody tells.</summary>
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
            // it has ended
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
            // each thread lists those that it started
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
