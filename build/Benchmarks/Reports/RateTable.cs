using System.Globalization;
using Slipway.Benchmarks.Figures;

namespace Slipway.Benchmarks.Reports;

/// <summary>The latencies at fixed rates: a row for each contestant and rate.</summary>
public static class RateTable
{
    public const string Title = "at a fixed rate";

    public static IReadOnlyList<string> Columns { get; } = ["", "rate", "p50", "p99", "p99.9", "CPU time per 1,000"];

    public static bool IsMeasured(Comparison comparison) => comparison.Subject.Rates is { Count: > 0 };

    public static IEnumerable<IReadOnlyList<string>> Rows(Comparison comparison) =>
        from contestant in comparison.Contestants
        from rate in contestant.Rates ?? []
        select (IReadOnlyList<string>)[contestant.Name, string.Create(CultureInfo.InvariantCulture, $"{FigureText.PerSecond(rate.Rate)} ({rate.Percent}%)"), .. Cells(rate.At)];

    private static string[] Cells(LatenciesAtRate? at) => at is null
        ? ["beyond its capacity", "", "", ""]
        : [FigureText.Latency(at.P50Microseconds), FigureText.Latency(at.P99Microseconds), FigureText.Latency(at.P999Microseconds), FigureText.Processor(at.ProcessorSeconds)];
}
