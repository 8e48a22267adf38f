namespace Slipway.Benchmarks.Figures;

/// <summary>The results of swapping a model's versions under load, through the gateway.</summary>
/// <param name="Lost">Requests that failed. A benchmark with any is invalid.</param>
/// <param name="Swaps">To a version that is not loaded.</param>
/// <param name="Returns">To the version before, which is still loaded.</param>
public sealed record SwapFigures(int Connections, long Requests, long Lost, IReadOnlyList<Swap> Swaps, IReadOnlyList<Swap> Returns);

/// <param name="FirstMilliseconds">From moving the channel to the first response of the new version.</param>
/// <param name="LastMilliseconds">From moving the channel to the last response of the old version.</param>
/// <param name="P99Ratio">The 99th percentile in the window with the swap, relative to the window before it.</param>
/// <param name="Requests">In both windows.</param>
public sealed record Swap(double FirstMilliseconds, double LastMilliseconds, double P99Ratio, long Requests);
