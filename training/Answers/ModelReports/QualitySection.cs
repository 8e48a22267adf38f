using System.Globalization;
using Slipway.Automation.Reports;
using Slipway.Registry.Gates;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Reporting;
using Slipway.Reporting.Charts;

namespace Slipway.Answers.ModelReports;

/// <summary>How good the predictions were, as far as their labels have arrived, and how good they probably are.</summary>
internal static class QualitySection
{
    private const int MaxCharts = 4, MaxSlices = 30;

    public static Section Of(ModelReport report) => new(
        "Quality",
        report.Quality is not { } quality
            ? [ModelReportPage.NoData("no labels have been joined with the log: send the true label of a prediction to /v2/models/<model>/feedback, and Watch, or the function on AWS, joins them")]
            : quality.Versions.Count == 0
                ? [ModelReportPage.NoData("nothing has been predicted on the days that labels are joined for"), .. Problems(quality)]
                : Blocks(report, quality),
        "quality");

    /// <summary>Value over time.</summary>
    public static Section Value(ModelReport report)
    {
        var days = (report.Quality?.Versions ?? []).Where(one => one is { Day: not null, Value: not null }).ToList();
        return new(
            "Value",
            days.Count == 0
                ? [ModelReportPage.NoData(report.Quality is null ? "no labels have been joined with the log" : "model.json gives no outcome a value, or no label has arrived")]
                :
                [
                    new Paragraph("What the predictions with a label were worth on each day, by the values in model.json. Costs are negative.", ParagraphStyle.Quiet),
                    new TimeChart("Value by day", "The value of the labeled predictions of each day, by version.", report.Quality!.ValueUnit ?? "value", Series(days, one => new(Noon(one), one.Value!.Value))).ToFigure(),
                    new Table(
                        ["Day", "Version", Number("Labels"), Number($"Value{(report.Quality.ValueUnit is { } unit ? $" in {unit}" : "")}")],
                        [.. days.Select(one => (IReadOnlyList<Cell>)[Date(one.Day), ModelReportPage.Number(one.Version), ReportText.Count(one.Labels), ReportText.Number(one.Value!.Value)])]),
                ],
            "value");
    }

    private static IEnumerable<Block?> Blocks(ModelReport report, QualityReport quality)
    {
        var recent = quality.Versions.Where(one => one.Day is null).ToList();
        yield return new Paragraph(
            quality.Lost.Count == 0 ? "No metric is below its gate's bound with its whole interval." : string.Join(" ", quality.Lost.Select(lost => lost.Reason)));
        foreach (var lost in quality.EstimatedLost ?? [])
            yield return new Paragraph(lost.Reason, ParagraphStyle.Note);
        yield return new Paragraph(
            $"Joined at {ReportText.Time(quality.At)}. Intervals are 95 % intervals. An estimate needs no labels: it says what the metrics of all predictions probably are.", ParagraphStyle.Quiet);
        yield return new Gallery([.. MetricNames(report, quality).Take(MaxCharts).Select(name => Chart(report, quality, name)).OfType<Figure>()]);
        if (recent.Count > 0)
            yield return new Section("The last days together", [Recent(recent)]);
        yield return Slices(recent);
        if (quality.EstimateErrors.Count > 0)
            yield return new Section("How well past estimates held",
            [
                new Table(
                    [new("Metric", ColumnStyle.RowHeader), Number("Days"), Number("Mean error"), Number("95 % interval")],
                    [.. quality.EstimateErrors.Select(error => (IReadOnlyList<Cell>)[error.Metric, ReportText.Count(error.Days), ReportText.Number(error.Mean), TextRun.Quiet(Interval(error.Low, error.High))])]),
            ]);
        yield return Labels(quality.Feedback);
        foreach (var problem in Problems(quality))
            yield return problem;
    }

    private static Table Recent(IReadOnlyList<VersionQuality> recent) => new(
        ["Version", new("Metric", ColumnStyle.RowHeader), Number("Value"), Number("95 % interval"), Number("Estimate"), Number("Labels"), Number("Coverage"), "Delay, median and 90 %"],
        [
            .. recent.OrderByDescending(one => one.Version).SelectMany(one => one.Metrics.Keys.Union(one.Estimate.Keys).DefaultIfEmpty("").Select(name => (IReadOnlyList<Cell>)
            [
                ModelReportPage.Number(one.Version), name.Length == 0 ? "no label yet" : name,
                one.Metrics.GetValueOrDefault(name) is { } metric ? ReportText.Number(metric.Value) : "no label yet", one.Metrics.GetValueOrDefault(name) is { } known ? TextRun.Quiet(ReportText.Interval(known)) : "no label yet",
                one.Estimate.TryGetValue(name, out var estimate) ? ReportText.Number(estimate) : "no estimate", ReportText.Count(one.Labels), one.Coverage is { } coverage ? ReportText.Share(coverage) : "no prediction",
                one.Delay is { } delay ? $"{Duration(delay.Median)}, {Duration(delay.P90)}" : "no label yet",
            ])),
        ]);

    private static Section? Slices(IReadOnlyList<VersionQuality> recent)
    {
        var rows = recent.OrderByDescending(one => one.Version).SelectMany(one => one.Slices.SelectMany(slice => slice.Metrics.Select(metric => (IReadOnlyList<Cell>)
            [ModelReportPage.Number(one.Version), slice.Slice, metric.Key, ReportText.Number(metric.Value.Value), TextRun.Quiet(ReportText.Interval(metric.Value)), ReportText.Count(slice.Labels)]))).ToList();
        return rows.Count == 0 ? null : new("Slices",
        [
            new Details($"{ReportText.Count(rows.Count)} figures", [new Table(["Version", new("Slice", ColumnStyle.RowHeader), "Metric", Number("Value"), Number("95 % interval"), Number("Labels")], rows)], Open: rows.Count <= MaxSlices),
        ]);
    }

    private static Section Labels(FeedbackCounts labels) => new("Labels",
    [
        Table.Pairs(new (string Name, long Count)[]
        {
            ("received", labels.Received), ("joined", labels.Joined), ("repeated", labels.Repeated), ("replaced by a later one", labels.Replaced),
            ("without a logged prediction", labels.Unmatched), ("refused, because the model cannot mean them", labels.Refused), ("of a version that is gone", labels.Unknown),
        }.Where(count => count.Count > 0 || count.Name is "received" or "joined").Select(count => KeyValuePair.Create(count.Name, ReportText.Count(count.Count)))),
    ]);

    private static IEnumerable<Block> Problems(QualityReport quality) => quality.Problems.Select(problem => new Paragraph(problem, ParagraphStyle.Note));

    // those with a gate first, because they matter to the owner of the model
    private static IEnumerable<string> MetricNames(ModelReport report, QualityReport quality)
    {
        var gated = report.Live.SelectMany(live => live.Manifest?.Gates.Verdicts ?? []).Select(verdict => verdict.Rule).ToHashSet(StringComparer.Ordinal);
        return quality.Versions.SelectMany(one => one.Metrics.Keys.Concat(one.Estimate.Keys)).Distinct().OrderByDescending(name => gated.Contains($"metric {name}"));
    }

    private static Figure? Chart(ModelReport report, QualityReport quality, string name)
    {
        var days = quality.Versions.Where(one => one.Day is not null).ToList();
        var measured = Series([.. days.Where(one => one.Metrics.ContainsKey(name))], one => new(Noon(one), one.Metrics[name].Value, one.Metrics[name].Low, one.Metrics[name].High)).Take(2);
        var estimated = days.Where(one => one.Estimate.ContainsKey(name)).GroupBy(one => one.Day).Select(day => day.MaxBy(one => one.Version)!).ToList();
        var series = measured.Concat(estimated.Count == 0 ? [] : [new TimeSeries("estimate", [.. estimated.Select(one => new TimePoint(Noon(one), one.Estimate[name]))])]).ToList();
        return new TimeChart(name, $"{name} by day and version, with 95 % intervals, and what it was estimated to be without labels. {Direction(name)}.", name, series) { Bounds = Bounds(report, name) }.ToFigure();
    }

    private static string Direction(string name) => MetricDirection.LowerIsBetter(name) ? "Lower is better" : "Higher is better";

    private static IReadOnlyList<ChartBound> Bounds(ModelReport report, string name) =>
        report.Live.SelectMany(live => live.Manifest?.Gates.Verdicts ?? []).FirstOrDefault(verdict => verdict.Rule == $"metric {name}") is { } gate
        && double.TryParse(gate.Bound.TrimStart('<', '>', '=', ' '), NumberStyles.Float, CultureInfo.InvariantCulture, out var bound)
            ? [new($"gate {gate.Bound}", bound)]
            : [];

    private static List<TimeSeries> Series(IReadOnlyList<VersionQuality> days, Func<VersionQuality, TimePoint> point) =>
        [.. days.GroupBy(one => one.Version).OrderByDescending(version => version.Key).Select(version => new TimeSeries($"version {ModelReportPage.Number(version.Key)}", [.. version.Select(point)]))];

    private static DateTimeOffset Noon(VersionQuality one) => new(one.Day!.Value, new(12, 0), TimeSpan.Zero);

    private static string Date(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static Column Number(string name) => new(name, ColumnStyle.Number);

    private static string Interval(double? low, double? high) => low is { } from && high is { } to ? $"{ReportText.Number(from)} – {ReportText.Number(to)}" : "";

    private static string Duration(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => $"{time.TotalDays.ToString("0.#", CultureInfo.InvariantCulture)} days",
        { TotalHours: >= 2 } => $"{time.TotalHours.ToString("0.#", CultureInfo.InvariantCulture)} hours",
        { TotalMinutes: >= 2 } => $"{time.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture)} minutes",
        _ => $"{time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} seconds",
    };
}
