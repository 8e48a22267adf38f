using System.Globalization;

namespace Slipway.Build.Benchmarks.Machine;

/// <summary>Where and of what figures are.</summary>
/// <param name="LoadAverage">Of the last minute before the start, this command's own build included; null where there is none.</param>
/// <param name="BusyShare">The share of all processors that others used while this command rested for a moment before the start; null where it can not be told.</param>
public sealed record MachineFacts(
    string Processor, int Cores, string Platform, string Runtime, string Commit, bool Dirty, DateTimeOffset StartedAt, double? LoadAverage, double? BusyShare)
{
    // an idle machine of two cores shows 1 to 3 percent
    private const double Quiet = 0.1;

    /// <summary>What a reader has to know before any figure; null on a quiet machine.</summary>
    public string? Warning => BusyShare is { } share
        ? share > Quiet
            ? string.Create(CultureInfo.InvariantCulture, $"Others used {share:0%} of this machine's processors before the start: figures are provisional, and ratios scatter more than they should.")
            : null
        : "Whether others use this machine could not be told: take figures for provisional.";
}
