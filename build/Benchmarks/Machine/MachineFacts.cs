using System.Globalization;

namespace Slipway.Benchmarks.Machine;

/// <summary>The machine and the commit that were measured.</summary>
/// <param name="LoadAverage">Over the minute before the start, including this command's own build; null if unknown.</param>
/// <param name="BusyShare">The share of all processors that other processes used just before the start; null if unknown.</param>
public sealed record MachineFacts(
    string Processor, int Cores, string Platform, string Runtime, string Commit, bool Dirty, DateTimeOffset StartedAt, double? LoadAverage, double? BusyShare)
{
    // an idle machine with two cores shows 1 to 3 percent
    private const double IdleLoad = 0.1;

    /// <summary>A warning to read before the results; null on a quiet machine.</summary>
    public string? Warning => BusyShare is { } share
        ? share > IdleLoad
            ? string.Create(CultureInfo.InvariantCulture, $"Other processes used {share:0%} of this machine's CPU before the start: results are provisional, and ratios are noisier than usual.")
            : null
        : "The CPU usage of other processes is unknown: results are provisional.";
}
