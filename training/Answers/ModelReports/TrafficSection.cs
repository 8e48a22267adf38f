using Slipway.Automation.Reports;
using Slipway.Reporting;
using Slipway.Reporting.Charts;

namespace Slipway.Answers.ModelReports;

/// <summary>How much was predicted, and how fast.</summary>
internal static class TrafficSection
{
    public static Section Of(ModelReport report) => new("Traffic and latency", report.Log.Days.Count == 0 ? [NoData] : Blocks(report.Log), "traffic");

    private static Paragraph NoData => ModelReportPage.NoData("the log of the last 7 days has no prediction of this model: none was requested, or the log is sampled or off");

    private static IEnumerable<Block?> Blocks(LogSummary log) =>
    [
        new Paragraph(
            "As counted in the prediction log of the last 7 days. The latency is that of the server, from the parsed request to the predicted values, without the network.", ParagraphStyle.Quiet),
        new Gallery(
        [
            .. new[]
            {
                Chart(log, "Predictions by day", "Predictions in the log, by day and version.", "predictions", day => day.Predictions),
                Chart(log, "Latency by day", "99th percentile of the latency, by day and version.", "µs, 99th percentile", day => day.Microseconds(0.99)),
            }.OfType<Figure>(),
        ]),
        new Table(
            ["Day", "Version", Number("Predictions"), Number("Rows"), Number("Median"), Number("99th percentile")],
            [
                .. log.Days.Reverse().Select(day => (IReadOnlyList<Cell>)
                [
                    day.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), ModelReportPage.Number(day.Version), ReportText.Count(day.Predictions), ReportText.Count(day.Rows),
                    $"{ReportText.Count((long)Math.Ceiling(day.Microseconds(0.5)))} µs", $"{ReportText.Count((long)Math.Ceiling(day.Microseconds(0.99)))} µs",
                ]),
            ]),
    ];

    private static Column Number(string name) => new(name, ColumnStyle.Number);

    private static Figure? Chart(LogSummary log, string title, string description, string unit, Func<LogDay, double> value) => new TimeChart(
        title, description, unit,
        [.. log.Days.GroupBy(day => day.Version).OrderByDescending(version => version.Key).Take(3).Select(version =>
            new TimeSeries($"version {ModelReportPage.Number(version.Key)}", [.. version.Select(day => new TimePoint(day.Noon, value(day)))]))]).ToFigure();
}
