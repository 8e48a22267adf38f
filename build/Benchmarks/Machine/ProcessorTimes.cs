using System.Globalization;

namespace Slipway.Benchmarks.Machine;

/// <summary>The CPU time of all processors since the machine started, in clock ticks: the first line of /proc/stat.</summary>
public sealed record ProcessorTimes(long Busy, long Idle)
{
    /// <summary>Null if the file does not exist.</summary>
    public static ProcessorTimes? Parse(string? stat)
    {
        // user nice system idle iowait irq softirq steal; the fields after those are already part of user and nice
        if (stat?.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries) is not ["cpu", .. { Length: >= 8 } fields])
            return null;
        var ticks = fields.Take(8).Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToList();
        var idle = ticks[3] + ticks[4];
        return new(ticks.Sum() - idle, idle);
    }

    public double? BusyShareSince(ProcessorTimes? before) =>
        before is not null && Busy + Idle - before.Busy - before.Idle is > 0 and var all ? (double)(Busy - before.Busy) / all : null;
}
