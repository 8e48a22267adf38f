using Slipway.Automation.Reports;
using Slipway.Build.Cli.Output.Charts;
using Slipway.Registry.Gates;
using Slipway.Registry.Models;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Reports;

/// <summary>Metrics of a candidate next to the champion's, as charts: ratios in one, metrics with a unit in another.</summary>
public static class MetricsChart
{
    // long names leave no room for the bars
    private const string Less = "↓";

    /// <param name="label">The column that the model predicts.</param>
    public static IEnumerable<Figure> Of(string model, string label, IEnumerable<MetricComparison> metrics)
    {
        // the value of predictions has neither unit, and would leave the ratios without length
        var all = metrics.Where(metric => metric.Name != MetricNames.Value).ToLookup(metric => MetricNames.HasUnitOfLabel(metric.Name));
        return new[] { Bars(model, "value", all[false]), Bars(model, label, all[true]) }.OfType<Figure>();
    }

    private static Figure? Bars(string model, string axis, IEnumerable<MetricComparison> metrics) => new BarChart(
        $"{model}, {Less} lower is better", axis,
        [
            .. metrics.SelectMany(metric => new[] { Bar(metric, metric.Candidate, "candidate") }
                .Concat(metric.Champion is { } champion ? [Bar(metric, champion, "champion")] : [])),
        ]).ToFigure();

    private static ChartBar Bar(MetricComparison metric, Metric value, string whose) =>
        new($"{metric.Name}{(MetricDirection.LowerIsBetter(metric.Name) ? $" {Less}" : "")} {GateNumber.Text(Math.Round(value.Value, 4))}", value.Value, whose);
}
