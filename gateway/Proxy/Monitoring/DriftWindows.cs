using System.Globalization;
using Slipway.Registry.Monitoring.Drift;

namespace Slipway.Gateway.Monitoring;

/// <summary>Which windows are complete, and what servers have counted in them together. Pure.</summary>
public static class DriftWindows
{
    private static readonly TimeSpan LeastGrace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MostGrace = TimeSpan.FromMinutes(2);

    /// <summary>How long after the end of a window the last counts of a server may still arrive.</summary>
    public static TimeSpan GraceOf(TimeSpan length) => TimeSpan.FromTicks(Math.Clamp(length.Ticks / 30, LeastGrace.Ticks, MostGrace.Ticks));

    /// <summary>Whether its times can be those of a window.</summary>
    public static bool IsOne(DriftWindow window) => window.Length > TimeSpan.Zero && window.Length <= TimeSpan.FromDays(1) && window.Start.UtcTicks % window.Length.Ticks == 0;

    public static bool IsComplete(DriftWindow window, DateTimeOffset now) => now >= window.Start + window.Length + GraceOf(window.Length);

    /// <summary>When the window that is open now, or that has just ended, is complete.</summary>
    public static DateTimeOffset NextComplete(TimeSpan length, DateTimeOffset now)
    {
        var grace = GraceOf(length);
        var since = (now - grace).UtcTicks;
        return new DateTimeOffset(since - since % length.Ticks + length.Ticks, TimeSpan.Zero) + grace;
    }

    /// <summary>The start in a key such as <c>monitoring/m/windows/20261130T100000/3.blue-1.json</c>; null for any other key.</summary>
    public static DateTimeOffset? StartOf(string key)
    {
        var parts = key.Split('/');
        return parts.Length == 5 && DateTimeOffset.TryParseExact(
            parts[3], "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var start) ? start : null;
    }

    /// <summary>One for each version, that with most rows first. Of servers that counted something else, as with another length of windows, those with most rows count.</summary>
    public static IReadOnlyList<DriftWindow> Added(IEnumerable<DriftWindow> windows)
    {
        var added = new List<DriftWindow>();
        foreach (var window in windows.OrderByDescending(window => window.Rows))
        {
            var at = added.FindIndex(other => other.Fits(window));
            if (at >= 0)
                added[at] = added[at].Add(window);
            else
                added.Add(window);
        }

        return [.. added.OrderByDescending(window => window.Rows).DistinctBy(window => window.Version)];
    }
}
