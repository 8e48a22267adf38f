using System.Globalization;
using Slipway.Build.Benchmarks.Figures;
using Slipway.Build.Cli.Output.Charts;
using Slipway.Registry;

namespace Slipway.Build.Benchmarks.Reports;

/// <summary>What a benchmark found, as a page on GitHub.</summary>
public static class BenchmarkMarkdown
{
    public static IReadOnlyList<string> Of(BenchmarkFindings findings) =>
    [
        $"# Benchmark of {MarkdownText.Escape(findings.Model)}",
        "",
        .. Machine(findings),
        .. findings.Comparisons.SelectMany(Comparison),
        .. Swaps(findings.Swaps),
        .. Training(findings.Training),
    ];

    private static IEnumerable<string> Machine(BenchmarkFindings findings)
    {
        var machine = findings.Machine;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{machine.StartedAt:u}, commit {machine.Commit}{(machine.Dirty ? " with uncommitted changes" : "")}. {MarkdownText.Escape(machine.Processor)}, {machine.Cores} cores, {MarkdownText.Escape(machine.Platform)}, {machine.Runtime}. Load average before the start: {machine.LoadAverage?.ToString("0.0", CultureInfo.InvariantCulture) ?? "not told"}.");
        yield return "";
        yield return "Everything ran on this one machine, the load generator too: read the ratios. A ratio is that of the first row to the row it stands in, "
            + "the median over the rounds and in brackets the least and the most; of requests more than 1 is better for the first row, of all else less than 1. "
            + "The ratio of processor time scatters least, on a busy machine too.";
        yield return "";
        if (findings.Plan == BenchmarkPlan.Quick.Name)
            yield return "> A quick look: few and short rounds, whose ratios scatter.";
        if (machine.Warning is { } warning)
            yield return $"> {warning}";
        yield return "";
    }

    private static IEnumerable<string> Comparison(Comparison comparison)
    {
        yield return $"## {comparison.Name}";
        yield return "";
        yield return string.Create(
            CultureInfo.InvariantCulture, $"`{comparison.Question}`, {comparison.Connections} connections, {comparison.Subject.Rounds.Count} rounds.");
        yield return "";
        yield return "| | requests | p50 | p99 | processor time of 1,000 | peak memory | ratio of requests | of p99 | of processor time | of memory |";
        yield return "|---|---|---|---|---|---|---|---|---|---|";
        foreach (var contestant in comparison.Contestants)
            yield return $"| {MarkdownText.Escape(contestant.Name)} | {string.Join(" | ", Cells(contestant))} |";
        yield return "";
        foreach (var line in Chart(comparison))
            yield return line;
        foreach (var missing in comparison.Contestants.Where(contestant => contestant.HowToGet is not null))
            yield return $"- {MarkdownText.Escape(missing.Name)} is not there. To have it compared: `{missing.HowToGet}`";
        yield return "";
    }

    private static IEnumerable<string> Cells(Measured contestant) => contestant.HowToGet is not null
        ? ["not there", .. Enumerable.Repeat("", 8)]
        :
        [
            FigureText.PerSecond(contestant.Of(round => round.RequestsPerSecond).Median),
            FigureText.Latency(contestant.Of(round => round.P50Microseconds).Median),
            FigureText.Latency(contestant.Of(round => round.P99Microseconds).Median),
            FigureText.Processor(contestant.Of(round => round.ProcessorSeconds).Median),
            FigureText.Memory(contestant.PeakBytes),
            .. contestant.Ratios is { } ratios
                ? new[] { $"**{FigureText.Ratio(ratios.RequestsPerSecond)}**", FigureText.Ratio(ratios.P99), FigureText.Ratio(ratios.ProcessorSeconds), FigureText.Ratio(ratios.PeakMemory) }
                : ["", "", "", ""],
        ];

    private static IReadOnlyList<string> Chart(Comparison comparison) => new BarChart(
        comparison.Name, "requests per second",
        [
            .. comparison.Contestants.Where(contestant => contestant.HowToGet is null)
                .Select(contestant => new ChartBar(contestant.Name, contestant.Of(round => round.RequestsPerSecond).Median)),
        ]).Markdown();

    private static IEnumerable<string> Swaps(SwapFigures swaps) =>
    [
        "## Swapping versions under load",
        "",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{swaps.Swaps.Count} swaps, {swaps.Connections} connections through the gateway, {swaps.Requests:#,0} requests, **{swaps.Lost} lost**."),
        "",
        "| | median (least to most) |",
        "|---|---|",
        $"| from moving the pointer to the first answer of the new version | {FigureText.Milliseconds(Spread.Of(swaps.Swaps.Select(swap => swap.FirstMilliseconds)))} |",
        $"| from moving the pointer to the last answer of the old version | {FigureText.Milliseconds(Spread.Of(swaps.Swaps.Select(swap => swap.LastMilliseconds)))} |",
        $"| ratio of p99: a window with a swap to the one before it | {FigureText.Ratio(Spread.Of(swaps.Swaps.Select(swap => swap.P99Ratio)))} |",
        "",
        "A server looks once a second whether a pointer has moved: that is most of the time.",
        "",
    ];

    private static IEnumerable<string> Training(TrainingFigures training) =>
    [
        "## Training",
        "",
        string.Create(
            CultureInfo.InvariantCulture,
            $"`{training.Dataset}`, {training.DatasetBytes:#,0} bytes, {training.Seconds.Count} jobs: {FigureText.Seconds(Spread.Of(training.Seconds))} from the dataset in the store to the version, peak memory of the trainer {FigureText.Memory(training.PeakBytes)}."),
    ];
}
