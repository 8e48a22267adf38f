namespace Slipway.Build.Cli.Benchmarks;

/// <summary>What <c>Benchmark</c> compares, by the names that <c>--only</c> takes. docs/performance.md lists them.</summary>
public static class ComparisonNames
{
    public const string Tensor = "tensor";
    public const string Linear = "linear";
    public const string Network = "network";
    public const string Record = "record";
    public const string Gateway = "gateway";
    public const string Observation = "observation";
    public const string Swap = "swap";
    public const string Training = "training";

    /// <summary>In the order in which they run.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Tensor, OfRows(Tensor, 64), OfRows(Tensor, 4096), Linear, OfRows(Linear, 64), Network, OfRows(Network, 64), Record, Gateway, Observation, Swap, Training,
    ];

    /// <summary>Encoded rows for a model, so many in each request.</summary>
    public static string OfRows(string model, int rows) => rows == 1 ? model : FormattableString.Invariant($"{model}-{rows}");

    /// <param name="text">Names, separated by commas.</param>
    public static IReadOnlyList<string> Split(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
