using Slipway.Registry.Evaluation;
using Slipway.Registry.Gates;
using Slipway.Registry.Models;
using Slipway.Reporting;

namespace Slipway.Automation.Reports;

/// <summary>How good the model is: metrics next to the champion's, plots, slices.</summary>
public static class QualitySections
{
    private const int MaxHeadlines = 4;
    private const string Interval = "95 % interval";

    // these plots appear next to the table that they belong to
    private const string SlicePlot = "slices", ImportancePlot = "importance";

    /// <summary>The metrics that matter to the owner of the model: those with a gate.</summary>
    internal static IEnumerable<Fact> Headline(TrainedModel model) => model.Spec.Gates.Metrics.Keys
        .Where(model.Metrics.Holdout.ContainsKey).Take(MaxHeadlines)
        .Select(name => new Fact(name, ReportText.Number(model.Metrics.Holdout[name].Value), ReportText.Interval(model.Metrics.Holdout[name])));

    public static Section Metrics(TrainedModel model)
    {
        var compared = model.Metrics.Champion is not null;
        return new(
            "Metrics",
            [
                new Paragraph(
                    $"On {ReportText.Count(model.Metrics.Data.HoldoutRows)} holdout rows, which no choice of the job has seen, through the exported ONNX model. " +
                    $"Intervals are 95 % bootstrap intervals.{(compared ? " The champion was scored on the same rows." : "")}{Value(model.Spec.Value)}",
                    ParagraphStyle.Quiet),
                new Table(
                    [
                        new("Metric", ColumnStyle.RowHeader), "", Number("Candidate"), Number(Interval),
                        .. compared ? new[] { Number("Champion"), Number(Interval), Number("Difference") } : [],
                    ],
                    [.. MetricComparison.Of(model.Metrics).Select(metric => Row(metric, compared))]),
            ],
            "metrics");
    }

    internal static Section? Plots(TrainedModel model)
    {
        Figure[] plots = [.. model.Plots.Where(plot => plot.Name is not (SlicePlot or ImportancePlot)).Select(Figure)];
        return plots.Length == 0 ? null : new("Plots", [new Gallery(plots)], "plots");
    }

    /// <returns>Null where the spec names no column to slice by.</returns>
    public static Section? Slices(TrainedModel model, GateReport? gates)
    {
        var table = SliceTable.Of(model.Spec, model.Metrics, gates);
        var positives = table.Rows.Any(row => row.Slice.Positives is not null);
        return table.Rows.Count == 0 ? null : new(
            "Slices",
            [
                new Paragraph("The same metrics for each category of the columns that the spec names.", ParagraphStyle.Quiet),
                new Table(
                    [
                        new("Slice", ColumnStyle.RowHeader), Number("Rows"), .. positives ? new[] { Number("Positives") } : [],
                        .. table.Metrics.SelectMany(name => new[] { Number(name), Number(Interval) }), "",
                    ],
                    [.. table.Rows.Select(row => Row(row, table.Metrics, positives))]),
                Figure(model, SlicePlot),
            ],
            "slices");
    }

    internal static Figure? ImportanceFigure(TrainedModel model) => Figure(model, ImportancePlot);

    private static string Value(ValueSpec? value) =>
        value is null ? "" : $" The value is that of {ReportText.Count(PredictionValue.Predictions)} predictions{(value.Unit is { } unit ? $", in {unit}" : "")}.";

    private static Column Number(string name) => new(name, ColumnStyle.Number);

    private static IReadOnlyList<Cell> Row(MetricComparison metric, bool compared) =>
    [
        metric.Name, TextRun.Quiet(metric.Direction), .. Values(metric.Candidate),
        .. compared ? (Cell[])[.. Values(metric.Champion), Gain(metric)] : [],
    ];

    private static TextRun Gain(MetricComparison metric) =>
        new(metric.GainText, metric.Gain switch { < 0 => TextStyle.Worse, > 0 => TextStyle.Better, _ => TextStyle.Quiet });

    private static IReadOnlyList<Cell> Row(SliceRow row, IEnumerable<string> metrics, bool positives) =>
    [
        row.Slice.Slice, ReportText.Count(row.Slice.Rows), .. positives ? new Cell[] { ReportText.Count(row.Slice.Positives ?? 0) } : [],
        .. metrics.SelectMany(name => row.Metric(name) is { } metric ? Values(metric) : ["not defined", ""]),
        row.Failed ? TextRun.Mark(passed: false, row.Mark) : TextRun.Quiet(row.Mark),
    ];

    private static Cell[] Values(Metric? metric) => metric is null ? ["", ""] : [ReportText.Number(metric.Value), TextRun.Quiet(ReportText.Interval(metric))];

    private static Figure? Figure(TrainedModel model, string name) =>
        model.Plots.FirstOrDefault(plot => plot.Name == name) is { } plot ? Figure(plot) : null;

    private static Figure Figure(ReportPlot plot) => new(plot.Title, plot.Description) { Svg = plot.Svg };
}
