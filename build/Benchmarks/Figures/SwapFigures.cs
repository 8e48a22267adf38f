namespace Slipway.Build.Benchmarks.Figures;

/// <summary>Swaps of a model under load, through the gateway.</summary>
/// <param name="Lost">Requests without their answer. A benchmark with any fails.</param>
public sealed record SwapFigures(int Connections, long Requests, long Lost, IReadOnlyList<Swap> Swaps);

/// <param name="FirstMilliseconds">From moving the pointer to the first answer of the new version.</param>
/// <param name="LastMilliseconds">From moving the pointer to the last answer of the old one.</param>
/// <param name="P99Ratio">The 99th percentile of the window with the swap to that of the one before it, without.</param>
public sealed record Swap(double FirstMilliseconds, double LastMilliseconds, double P99Ratio);
