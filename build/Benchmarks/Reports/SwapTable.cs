using Slipway.Benchmarks.Figures;

namespace Slipway.Benchmarks.Reports;

/// <summary>What callers notice of a swap, as rows of text.</summary>
public static class SwapTable
{
    public static IReadOnlyList<string> Columns { get; } = ["", "to a version that is not loaded", "back to the version before"];

    public static IEnumerable<IReadOnlyList<string>> Rows(SwapFigures swaps) =>
    [
        Row(swaps, "from moving the channel to the first response of the new version", swap => swap.FirstMilliseconds, FigureText.Milliseconds),
        Row(swaps, "from moving the channel to the last response of the old version", swap => swap.LastMilliseconds, FigureText.Milliseconds),
        Row(swaps, "ratio of p99: a window with a swap to the window before it", swap => swap.P99Ratio, FigureText.Ratio),
    ];

    private static string[] Row(SwapFigures swaps, string name, Func<Swap, double> value, Func<Spread, string> text) =>
        [name, text(Spread.Of(swaps.Swaps.Select(value))), text(Spread.Of(swaps.Returns.Select(value)))];
}
