using Slipway.Registry.Models;
using Slipway.Reporting;

namespace Slipway.Automation.Reports;

/// <summary>What the model was trained on: rows, labels, columns.</summary>
internal static class DataSections
{
    private const int MaxOpenColumns = 40;
    private const int MaxCategories = 12;

    public static Section Data(TrainedModel model)
    {
        var data = model.Metrics.Data;
        return new(
            "Data",
            [
                new Paragraph(
                    $"A hash of {(model.Spec.Id is { Count: > 0 } id ? string.Join(", ", id) : "the whole row")} decides the side of a row, so it stays there in every version of the dataset.",
                    ParagraphStyle.Quiet),
                new Facts(
                [
                    new("Rows", ReportText.Count(data.Rows)), new("For training", ReportText.Count(data.TrainingRows)),
                    new("For validation", ReportText.Count(data.ValidationRows)), new("Held out", ReportText.Count(data.HoldoutRows)),
                ]),
                new Section($"Label: {model.Spec.Label}", [Labels(model)]),
            ],
            "data");
    }

    public static Section Columns(TrainedModel model)
    {
        var importance = model.Metrics.Importance;
        var columns = model.Schema.Columns
            .Select(column => (Column: column, Importance: importance?.TryGetValue(column.Name, out var loss) == true ? loss : (double?)null))
            .OrderByDescending(column => column.Importance ?? double.NegativeInfinity).ToList();
        var most = Math.Max(columns.Max(column => column.Importance) ?? 0, 1e-12);
        var table = new Table(
            [
                new("Column", ColumnStyle.RowHeader), "Kind", new("Seen in training", ColumnStyle.Prose), "Missing becomes",
                new("Missing", ColumnStyle.Number), new("Importance", ColumnStyle.Number), new("", ColumnStyle.Bar),
            ],
            [.. columns.Select(column => Row(model, column.Column, column.Importance, most))]);
        return new(
            "Columns",
            [
                new Paragraph(
                    $"Importance is how much {(model.Spec.Task == ModelTask.Regression ? "the rmse" : "the logLoss")} on the holdout grows when the values of a column are mixed up. Columns that say the same share theirs.",
                    ParagraphStyle.Quiet),
                QualitySections.ImportanceFigure(model),
                columns.Count > MaxOpenColumns ? new Details($"{ReportText.Count(columns.Count)} columns", [table]) : table,
            ],
            "columns");
    }

    private static Block? Labels(TrainedModel model) => model.Metrics.Data switch
    {
        { LabelRate: { } rate } => Shares([new(model.Schema.Classes?[0] ?? "0", 1 - rate), new(model.Schema.Classes?[1] ?? "1", rate)]),
        { ClassRates: { } rates } => Shares(rates),
        { LabelValues: { } values } => new Facts(
        [
            new("Smallest", ReportText.Short(values.Minimum)), new("Mean", ReportText.Short(values.Mean)),
            new("Standard deviation", ReportText.Short(values.StandardDeviation)), new("Largest", ReportText.Short(values.Maximum)),
        ]),
        _ => null,
    };

    private static Table Shares(IEnumerable<KeyValuePair<string, double>> shares) => new(
        [new("Value", ColumnStyle.RowHeader), new("Share of rows", ColumnStyle.Number), new("", ColumnStyle.Bar)],
        [.. shares.Select(share => (IReadOnlyList<Cell>)[share.Key, ReportText.Share(share.Value), Cell.Bar(share.Value)])]);

    private static IReadOnlyList<Cell> Row(TrainedModel model, ColumnSchema column, double? importance, double most) =>
    [
        column.Name, ReportText.Word(column.Kind), Seen(column),
        column.Categories is not null ? "no category" : column.Imputed is { } imputed ? ReportText.Short(imputed) : "",
        model.Metrics.Data.Missing.TryGetValue(column.Name, out var missing) ? ReportText.Share(missing) : "",
        importance is { } loss ? ReportText.Number(loss) : "",
        Cell.Bar(importance > 0 ? importance / most : null),
    ];

    private static string Seen(ColumnSchema column) => column.Categories switch
    {
        null => column is { Minimum: { } least, Maximum: { } most } ? $"{ReportText.Short(least)} to {ReportText.Short(most)}" : "",
        { Count: > MaxCategories } many => $"{string.Join(", ", many.Take(MaxCategories))} and {many.Count - MaxCategories} more",
        var categories => string.Join(", ", categories),
    };
}
