using System.Globalization;
using Slipway.Registry.Models;

namespace Slipway.Automation.Reports;

/// <summary>What the model learned from: rows, labels, columns.</summary>
internal static class DataSections
{
    private const int MostOpenColumns = 40;
    private const int MostCategories = 12;
    private const double WidthOfBar = 120;

    public static Html Data(TrainedModel model)
    {
        var data = model.Metrics.Data;
        return Html.Of(
            $"""
            <section id="data">
            <h2>Data</h2>
            <p class="quiet">A hash of {(model.Spec.Id is { Count: > 0 } id ? string.Join(", ", id) : "the whole row")} decides the side of a row, so it stays there in every version of the dataset.</p>
            <dl class="facts">
            <div><dt>Rows</dt><dd>{data.Rows}</dd></div>
            <div><dt>For training</dt><dd>{data.TrainingRows}</dd></div>
            <div><dt>For validation</dt><dd>{data.ValidationRows}</dd></div>
            <div><dt>Held out</dt><dd>{data.HoldoutRows}</dd></div>
            </dl>
            <h3>Label: {model.Spec.Label}</h3>
            {Labels(model)}
            </section>
            """);
    }

    public static Html Columns(TrainedModel model)
    {
        var importance = model.Metrics.Importance;
        var columns = model.Schema.Columns
            .Select(column => (column, counts: importance?.TryGetValue(column.Name, out var loss) == true ? loss : (double?)null))
            .OrderByDescending(column => column.counts ?? double.NegativeInfinity).ToList();
        var most = Math.Max(columns.Max(column => column.counts) ?? 0, 1e-12);
        var table = Html.Of(
            $"""
            <div class="wide"><table>
            <thead><tr><th scope="col">Column</th><th scope="col">Kind</th><th scope="col">Seen in training</th><th scope="col">Missing becomes</th><th scope="col" class="number">Missing</th><th scope="col" class="number">Importance</th><th scope="col"></th></tr></thead>
            <tbody>
            {columns.Select(column => Row(model, column.column, column.counts, most))}
            </tbody>
            </table></div>
            """);
        return Html.Of(
            $"""
            <section id="columns">
            <h2>Columns</h2>
            <p class="quiet">Importance is how much {(model.Spec.Task == ModelTask.Regression ? "the rmse" : "the logLoss")} on the holdout grows when the values of a column are mixed up. Columns that say the same share theirs.</p>
            {QualitySections.ImportanceFigure(model)}
            {(columns.Count > MostOpenColumns ? Html.Of($"<details><summary>{columns.Count} columns</summary>{table}</details>") : table)}
            </section>
            """);
    }

    private static Html Labels(TrainedModel model) => model.Metrics.Data switch
    {
        { LabelRate: { } rate } => Shares([new(model.Schema.Classes?[0] ?? "0", 1 - rate), new(model.Schema.Classes?[1] ?? "1", rate)]),
        { ClassRates: { } rates } => Shares(rates),
        { LabelValues: { } values } => Html.Of(
            $"""
            <dl class="facts">
            <div><dt>Smallest</dt><dd>{ReportText.Short(values.Minimum)}</dd></div>
            <div><dt>Mean</dt><dd>{ReportText.Short(values.Mean)}</dd></div>
            <div><dt>Standard deviation</dt><dd>{ReportText.Short(values.StandardDeviation)}</dd></div>
            <div><dt>Largest</dt><dd>{ReportText.Short(values.Maximum)}</dd></div>
            </dl>
            """),
        _ => Html.Empty,
    };

    private static Html Shares(IEnumerable<KeyValuePair<string, double>> shares) => Html.Of(
        $"""
        <div class="wide"><table>
        <thead><tr><th scope="col">Value</th><th scope="col" class="number">Share of rows</th><th scope="col"></th></tr></thead>
        <tbody>
        {shares.Select(share => Html.Of($"""<tr><th scope="row">{share.Key}</th><td class="number">{ReportText.Share(share.Value)}</td><td class="scale">{Bar(share.Value)}</td></tr>"""))}
        </tbody>
        </table></div>
        """);

    private static Html Row(TrainedModel model, ColumnSchema column, double? importance, double most) => Html.Of(
        $"""
        <tr><th scope="row">{column.Name}</th><td>{ReportText.Word(column.Kind)}</td><td class="prose">{Seen(column)}</td><td>{(column.Categories is not null ? "no category" : column.Imputed is { } imputed ? ReportText.Short(imputed) : "")}</td><td class="number">{(model.Metrics.Data.Missing.TryGetValue(column.Name, out var missing) ? ReportText.Share(missing) : "")}</td><td class="number">{(importance is { } loss ? ReportText.Number(loss) : "")}</td><td class="scale">{(importance > 0 ? Bar(importance.Value / most) : Html.Empty)}</td></tr>

        """);

    private static string Seen(ColumnSchema column) => column.Categories switch
    {
        null => column is { Minimum: { } least, Maximum: { } most } ? $"{ReportText.Short(least)} to {ReportText.Short(most)}" : "",
        { Count: > MostCategories } many => $"{string.Join(", ", many.Take(MostCategories))} and {many.Count - MostCategories} more",
        var categories => string.Join(", ", categories),
    };

    private static Html Bar(double share) => Html.Of(
        $"""<span class="bar" style="width: {Math.Max(1, WidthOfBar * share).ToString("0.#", CultureInfo.InvariantCulture)}px"></span>""");
}
