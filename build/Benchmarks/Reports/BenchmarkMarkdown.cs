using System.Globalization;
using Slipway.Benchmarks.Figures;
using Slipway.Build.Cli.Output.Charts;
using Slipway.Reporting;

namespace Slipway.Benchmarks.Reports;

/// <summary>What a benchmark found, as a report.</summary>
public static class BenchmarkMarkdown
{
    public static Section Of(BenchmarkFindings findings) => new($"Benchmark of {findings.Model}",
    [
        .. Machine(findings),
        .. findings.Comparisons.Select(Comparison),
        Swaps(findings.Swaps),
        Training(findings.Training),
    ]);

    private static IEnumerable<Block?> Machine(BenchmarkFindings findings)
    {
        var machine = findings.Machine;
        return
        [
            new Paragraph(RichText.Of(
                $"{machine.StartedAt:u}, commit {machine.Commit}{(machine.Dirty ? " with uncommitted changes" : "")}. {machine.Processor}, {machine.Cores} cores, {machine.Platform}, {machine.Runtime}. Load average before the start: {machine.LoadAverage?.ToString("0.0", CultureInfo.InvariantCulture) ?? "not told"}.")),
            new Paragraph(
                "Everything ran on this one machine, the load generator too: read the ratios. A ratio is that of the first row to the row it stands in, "
                + "the median over the rounds, with minimum and maximum in brackets. For requests, more than 1 means that the first row is better; for everything else, less than 1. "
                + "The ratio of processor time scatters least, on a busy machine too."),
            findings.Plan == BenchmarkPlan.Quick.Name ? new Paragraph("A quick look: few and short rounds, whose ratios scatter.", ParagraphStyle.Note) : null,
            machine.Warning is { } warning ? new Paragraph(warning, ParagraphStyle.Note) : null,
        ];
    }

    private static Section Comparison(Comparison comparison)
    {
        Measured[] missing = [.. comparison.Contestants.Where(contestant => contestant.InstallHint is not null)];
        return new(comparison.Name,
        [
            new Paragraph(RichText.Of($"{TextRun.Code(comparison.Question)}, {comparison.Connections} connections, {comparison.Subject.Rounds.Count} rounds.")),
            new Table(
                [
                    new("", ColumnStyle.RowHeader),
                    .. new[] { "requests", "p50", "p99", "processor time of 1,000", "peak memory", "ratio of requests", "of p99", "of processor time", "of memory" }
                        .Select(name => new Column(name)),
                ],
                [.. comparison.Contestants.Select(contestant => (IReadOnlyList<Cell>)[contestant.Name, .. Cells(contestant)])]),
            new BarChart(
                comparison.Name, "requests per second",
                [
                    .. comparison.Contestants.Except(missing).Select(contestant => new ChartBar(contestant.Name, contestant.Of(round => round.RequestsPerSecond).Median)),
                ]).ToFigure(),
            missing.Length == 0 ? null
                : new Bullets([.. missing.Select(one => RichText.Of($"{one.Name} is not there. To have it compared: {TextRun.Code(one.InstallHint!)}"))]),
        ]);
    }

    private static IEnumerable<Cell> Cells(Measured contestant) => contestant.InstallHint is not null
        ? ["not there", .. Enumerable.Repeat<Cell>("", 8)]
        :
        [
            FigureText.PerSecond(contestant.Of(round => round.RequestsPerSecond).Median),
            FigureText.Latency(contestant.Of(round => round.P50Microseconds).Median),
            FigureText.Latency(contestant.Of(round => round.P99Microseconds).Median),
            FigureText.Processor(contestant.Of(round => round.ProcessorSeconds).Median),
            FigureText.Memory(contestant.PeakBytes),
            .. contestant.Ratios is { } ratios
                ? new Cell[] { TextRun.Strong(FigureText.Ratio(ratios.RequestsPerSecond)), FigureText.Ratio(ratios.P99), FigureText.Ratio(ratios.ProcessorSeconds), FigureText.Ratio(ratios.PeakMemory) }
                : ["", "", "", ""],
        ];

    private static Section Swaps(SwapFigures swaps) => new("Swapping versions under load",
    [
        new Paragraph(RichText.Of(
            $"{swaps.Swaps.Count} swaps, {swaps.Connections} connections through the gateway, {swaps.Requests:#,0} requests, {TextRun.Strong($"{swaps.Lost.ToString(CultureInfo.InvariantCulture)} lost")}.")),
        new Table(
            [new("", ColumnStyle.RowHeader), "median (least to most)"],
            [
                ["from moving the pointer to the first answer of the new version", FigureText.Milliseconds(Spread.Of(swaps.Swaps.Select(swap => swap.FirstMilliseconds)))],
                ["from moving the pointer to the last answer of the old version", FigureText.Milliseconds(Spread.Of(swaps.Swaps.Select(swap => swap.LastMilliseconds)))],
                ["ratio of p99: a window with a swap to the one before it", FigureText.Ratio(Spread.Of(swaps.Swaps.Select(swap => swap.P99Ratio)))],
            ]),
        new Paragraph("A server looks once a second whether a pointer has moved: that is most of the time."),
    ]);

    private static Section Training(TrainingFigures training) => new("Training",
    [
        new Paragraph(RichText.Of(
            $"{TextRun.Code(training.Dataset)}, {training.DatasetBytes:#,0} bytes, {training.Seconds.Count} jobs: {FigureText.Seconds(Spread.Of(training.Seconds))} from the dataset in the store to the version, peak memory of the trainer {FigureText.Memory(training.PeakBytes)}.")),
    ]);
}
