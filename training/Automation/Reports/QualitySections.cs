using Slipway.Registry.Gates;
using Slipway.Registry.Models;

namespace Slipway.Automation.Reports;

/// <summary>How good the model is: metrics beside the champion's, plots, slices.</summary>
internal static class QualitySections
{
    private const int MostHeadlines = 4;

    // these stand beside the table that they belong to
    private const string SlicePlot = "slices", ImportancePlot = "importance";

    /// <summary>The metrics that matter to the owner of the model: those with a gate.</summary>
    public static IEnumerable<Html> Headline(TrainedModel model) => model.Spec.Gates.Metrics.Keys
        .Where(model.Metrics.Holdout.ContainsKey).Take(MostHeadlines)
        .Select(name => Html.Of(
            $"""
            <div><dt>{name}</dt><dd><span class="large">{ReportText.Number(model.Metrics.Holdout[name].Value)}</span><br /><span class="quiet">{ReportText.Interval(model.Metrics.Holdout[name])}</span></dd></div>

            """));

    public static Html Metrics(TrainedModel model)
    {
        var metrics = MetricComparison.Of(model.Metrics);
        var compared = model.Metrics.Champion is not null;
        return Html.Of(
            $"""
            <section id="metrics">
            <h2>Metrics</h2>
            <p class="quiet">On {model.Metrics.Data.HoldoutRows} holdout rows, which no choice of the job has seen, through the exported ONNX model. Intervals are 95 % bootstrap intervals.{(compared ? " The champion was scored on the same rows." : "")}</p>
            <div class="wide"><table>
            <thead><tr><th scope="col">Metric</th><th scope="col"></th><th scope="col" class="number">Candidate</th><th scope="col" class="number">95 % interval</th>{(compared ? ChampionHead() : Html.Empty)}</tr></thead>
            <tbody>
            {metrics.Select(metric => Row(metric, compared))}
            </tbody>
            </table></div>
            </section>
            """);
    }

    public static Html Plots(TrainedModel model)
    {
        ReportPlot[] plots = [.. model.Plots.Where(plot => plot.Name is not (SlicePlot or ImportancePlot))];
        return plots.Length == 0 ? Html.Empty : Html.Of(
            $"""
            <section id="plots">
            <h2>Plots</h2>
            <div class="plots">
            {plots.Select(Figure)}
            </div>
            </section>
            """);
    }

    public static Html Slices(TrainedModel model, GateReport? gates)
    {
        var table = SliceTable.Of(model.Spec, model.Metrics, gates);
        var positives = table.Rows.Any(row => row.Slice.Positives is not null);
        return table.Rows.Count == 0 ? Html.Empty : Html.Of(
            $"""
            <section id="slices">
            <h2>Slices</h2>
            <p class="quiet">The same metrics for each category of the columns that the spec names.</p>
            <div class="wide"><table>
            <thead><tr><th scope="col">Slice</th><th scope="col" class="number">Rows</th>{(positives ? new Html("""<th scope="col" class="number">Positives</th>""") : Html.Empty)}{table.Metrics.Select(name => Html.Of($"""<th scope="col" class="number">{name}</th><th scope="col" class="number">95 % interval</th>"""))}<th scope="col"></th></tr></thead>
            <tbody>
            {table.Rows.Select(row => Row(row, table.Metrics, positives))}
            </tbody>
            </table></div>
            {Figure(model, SlicePlot)}
            </section>
            """);
    }

    public static Html ImportanceFigure(TrainedModel model) => Figure(model, ImportancePlot);

    private static Html ChampionHead() => new(
        """<th scope="col" class="number">Champion</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">Difference</th>""");

    private static Html Row(MetricComparison metric, bool compared) => Html.Of(
        $"""
        <tr><th scope="row">{metric.Name}</th><td class="quiet">{metric.Direction}</td><td class="number">{ReportText.Number(metric.Candidate.Value)}</td><td class="number quiet">{ReportText.Interval(metric.Candidate)}</td>{(compared ? Champion(metric) : Html.Empty)}</tr>

        """);

    private static Html Champion(MetricComparison metric) => Html.Of(
        $"""<td class="number">{(metric.Champion is { } champion ? ReportText.Number(champion.Value) : "")}</td><td class="number quiet">{(metric.Champion is { } same ? ReportText.Interval(same) : "")}</td><td class="number {(metric.Gain < 0 ? "worse" : metric.Gain > 0 ? "better" : "quiet")}">{metric.GainText}</td>""");

    private static Html Row(SliceRow row, IEnumerable<string> metrics, bool positives) => Html.Of(
        $"""
        <tr><th scope="row">{row.Slice.Slice}</th><td class="number">{row.Slice.Rows}</td>{(positives ? Html.Of($"""<td class="number">{row.Slice.Positives ?? 0}</td>""") : Html.Empty)}{metrics.Select(name => Cells(row.Metric(name)))}<td>{Mark(row)}</td></tr>

        """);

    private static Html Cells(Metric? metric) => Html.Of(
        $"""<td class="number">{(metric is null ? "not defined" : ReportText.Number(metric.Value))}</td><td class="number quiet">{(metric is null ? "" : ReportText.Interval(metric))}</td>""");

    private static Html Mark(SliceRow row) => row.Failed ? GateSection.Mark(good: false, row.Mark) : Html.Of($"""<span class="quiet">{row.Mark}</span>""");

    private static Html Figure(TrainedModel model, string name) =>
        model.Plots.FirstOrDefault(plot => plot.Name == name) is { } plot ? Figure(plot) : Html.Empty;

    // as an image, an SVG neither runs scripts nor shares its styles with the page
    private static Html Figure(ReportPlot plot) => Html.Of(
        $"""
        <figure><img src="data:image/svg+xml;base64,{Convert.ToBase64String(plot.Svg)}" alt="{plot.Title}. {plot.Description}" /></figure>

        """);
}
