using System.Globalization;
using Slipway.Benchmarks.Figures;
using Slipway.Build.Cli.Output;

namespace Slipway.Benchmarks.Reports;

/// <summary>The results of a benchmark for the terminal, ratios first.</summary>
public static class BenchmarkReport
{
    public static void ShowBenchmark(this IProgressReport report, BenchmarkFindings findings)
    {
        foreach (var comparison in findings.Comparisons)
        {
            report.Table($"{comparison.Name}, {comparison.Request}", comparison.Contestants.Select(contestant => KeyValuePair.Create(contestant.Name, Row(contestant, comparison.Subject.Name))));
            if (RateTable.IsMeasured(comparison))
                report.Table($"{comparison.Name}, {RateTable.Title}", RateTable.Rows(comparison).Select(row => KeyValuePair.Create(row[0], string.Join("  ", row.Skip(1)))));
        }

        if (findings.Swaps is { } swaps)
            report.Table("Swaps under load", Swaps(swaps));
        if (findings.Training is { } training)
        {
            report.Table("Training", [new(findings.Model, $"{FigureText.Seconds(Spread.Of(training.Seconds))}, peak memory {FigureText.Memory(training.PeakBytes)}")]);
            report.Table(TrainingTable.Title, TrainingTable.Rows(findings.TrainingComparisons).Select(row => KeyValuePair.Create($"{row[0]}, {row[1]}", string.Join("  ", row.Skip(2)))));
        }

        if (findings.Only is { } only)
            report.Line($"A partial run, of {string.Join(", ", only)} alone.");
    }

    private static string Row(Measured contestant, string subject)
    {
        if (contestant.InstallHint is { } how)
            return $"not installed; to include it: {how}";
        if (contestant.Refusal is { } why)
            return $"refused: {why}";
        var own = $"{FigureText.PerSecond(contestant.Of(round => round.RequestsPerSecond).Median),10}"
            + $"  p50 {FigureText.Latency(contestant.Of(round => round.P50Microseconds).Median),7}"
            + $"  p99 {FigureText.Latency(contestant.Of(round => round.P99Microseconds).Median),7}"
            + $"  {FigureText.Processor(contestant.Of(round => round.ProcessorSeconds).Median)} per 1,000  {FigureText.Memory(contestant.PeakBytes),8}";
        return contestant.Ratios is { } ratios
            ? $"{own}  {subject}: {FigureText.Ratio(ratios.RequestsPerSecond)} times the requests, {FigureText.Ratio(ratios.ProcessorSeconds)} times the CPU time"
            : own;
    }

    private static IEnumerable<KeyValuePair<string, string>> Swaps(SwapFigures swaps) =>
    [
        new("failed requests", string.Create(CultureInfo.InvariantCulture, $"{swaps.Lost} of {swaps.Requests:#,0}")),
        .. SwapTable.Rows(swaps).Select(row => KeyValuePair.Create(row[0], $"{row[1]}, back to the version before {row[2]}")),
    ];
}
