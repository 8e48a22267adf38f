using System.Globalization;
using Slipway.Benchmarks.Figures;
using Slipway.Build.Cli.Output.Charts;
using Slipway.Reporting;

namespace Slipway.Benchmarks.Reports;

/// <summary>The results of a benchmark, as a report.</summary>
public static class BenchmarkSummary
{
    public static Section Of(BenchmarkFindings findings) => new($"Benchmark of {findings.Model}",
    [
        .. Machine(findings),
        .. findings.Comparisons.Select(Comparison),
        findings.Swaps is { } swaps ? Swaps(swaps) : null,
        findings.Training is { } training ? Training(training, findings.TrainingComparisons) : null,
    ]);

    private static IEnumerable<Block?> Machine(BenchmarkFindings findings)
    {
        var machine = findings.Machine;
        return
        [
            new Paragraph(RichText.Of(
                $"{machine.StartedAt:u}, commit {machine.Commit}{(machine.Dirty ? " with uncommitted changes" : "")}. {machine.Processor}, {machine.Cores} cores, {machine.Platform}, {machine.Runtime}. Load average before the start: {machine.LoadAverage?.ToString("0.0", CultureInfo.InvariantCulture) ?? "unknown"}.")),
            new Paragraph(
                "Everything, including the load generator, ran on this one machine, so compare the ratios. A ratio is the value of the first row divided by that of its own row: "
                + "the median over the rounds, with minimum and maximum in parentheses. For requests, a ratio above 1 means that the first row is better; for everything else, a ratio below 1. "
                + "The ratio of CPU time varies least, even on a busy machine."),
            findings.Only is { } only
                ? new Paragraph($"A partial run, of {string.Join(", ", only)} alone: the other comparisons were not requested, and nothing here says anything about them.", ParagraphStyle.Note)
                : null,
            findings.Plan == BenchmarkPlan.Quick.Name ? new Paragraph("A quick run with fewer and shorter rounds; the ratios are noisy.", ParagraphStyle.Note) : null,
            machine.Warning is { } warning ? new Paragraph(warning, ParagraphStyle.Note) : null,
        ];
    }

    private static Section Comparison(Comparison comparison)
    {
        Measured[] without = [.. comparison.Contestants.Where(contestant => !contestant.HasFigures)];
        return new(comparison.Name,
        [
            new Paragraph(RichText.Of($"{TextRun.Code(comparison.Request)}, {comparison.Connections} connections, {comparison.Subject.Rounds.Count} rounds.")),
            new Table(
                [
                    new("", ColumnStyle.RowHeader),
                    .. new[] { "requests", "p50", "p99", "CPU time per 1,000", "peak memory", "ratio of requests", "of p99", "of CPU time", "of memory" }
                        .Select(name => new Column(name)),
                ],
                [.. comparison.Contestants.Select(contestant => (IReadOnlyList<Cell>)[contestant.Name, .. Cells(contestant)])]),
            new BarChart(
                comparison.Name, "requests per second",
                [
                    .. comparison.Contestants.Except(without).Select(contestant => new ChartBar(contestant.Name, contestant.Of(round => round.RequestsPerSecond).Median)),
                ]).ToFigure(),
            without.Length == 0 ? null : new Bullets([.. without.Select(WithoutFigures)]),
            RateTable.IsMeasured(comparison) ? AtRates(comparison) : null,
        ]);
    }

    private static RichText WithoutFigures(Measured one) => one.InstallHint is { } how
        ? RichText.Of($"{one.Name} is not installed. To include it: {TextRun.Code(how)}")
        : RichText.Of($"The figures of {one.Name} are refused: {one.Refusal!}");

    private static Section AtRates(Comparison comparison) => new($"{comparison.Name}, {RateTable.Title}",
    [
        new Paragraph(
            "Requests arrive at this rate, whether or not earlier ones have been answered, and a latency counts from when a request was due. "
            + $"The rates are 25, 50 and 80% of what {comparison.Subject.Name} completes in a closed loop."),
        Table(RateTable.Columns, RateTable.Rows(comparison)),
    ]);

    private static IEnumerable<Cell> Cells(Measured contestant) => !contestant.HasFigures
        ? [contestant.Refusal is null ? "not installed" : "refused", .. Enumerable.Repeat<Cell>("", 8)]
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
            $"{swaps.Swaps.Count} swaps to another version and as many back, {swaps.Connections} connections through the gateway, {swaps.Requests:#,0} requests, {TextRun.Strong($"{swaps.Lost.ToString(CultureInfo.InvariantCulture)} lost")}.")),
        Table(SwapTable.Columns, SwapTable.Rows(swaps)),
        new Paragraph("Medians, with minimum and maximum. Servers check once per second whether a channel has moved, which takes most of that time."),
    ]);

    private static Section Training(TrainingFigures training, IReadOnlyList<TrainingComparison> comparisons) => new("Training",
    [
        new Paragraph(RichText.Of(
            $"{TextRun.Code(training.Dataset)}, {training.DatasetBytes:#,0} bytes, {training.Seconds.Count} jobs: {FigureText.Seconds(Spread.Of(training.Seconds))} from the dataset in the store to the version, peak memory of the trainer {FigureText.Memory(training.PeakBytes)}.")),
        comparisons.Count == 0 ? null : new Section(TrainingTable.Title,
        [
            new Paragraph("Boosted trees on synthetic tables: 100 trees of 31 leaves, fitted to 60% of the rows; the AUC is that of the same 20%. Our job also surveys the columns, exports the model, proves it against ONNX Runtime, evaluates it with intervals and importance, and draws plots."),
            Table(TrainingTable.Columns, TrainingTable.Rows(comparisons)),
            .. comparisons.Where(one => one.Theirs is null).Take(1).Select(one => new Paragraph(RichText.Of($"{one.Peer} is not installed. To include it: {TextRun.Code(one.InstallHint)}"))),
        ]),
    ]);

    private static Table Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) => new(
        [new(columns[0], ColumnStyle.RowHeader), .. columns.Skip(1).Select(name => new Column(name))],
        [.. rows.Select(row => (IReadOnlyList<Cell>)[.. row.Select(text => (Cell)text)])]);
}
