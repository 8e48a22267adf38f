using Slipway.Registry.Gates;
using Slipway.Registry.Models;
using Slipway.Reporting.Charts;
using Slipway.Trainer.Plots.Drawing;

namespace Slipway.Trainer.Plots;

internal static class SlicePlot
{
    private const int MaxShown = 20;

    public static byte[] Draw(PlotSubject subject)
    {
        var name = subject.SliceMetric;
        var measured = subject.Metrics.Slices.Where(slice => slice.Metrics.ContainsKey(name)).ToList();
        var shown = measured.OrderBy(slice => Worth(name, slice)).Take(MaxShown).ToList();
        var floor = subject.Spec.Gates.Slices?.Metrics.GetValueOrDefault(name);
        double[] values = [.. shown.SelectMany(slice => Ends(slice.Metrics[name])), .. Present(floor?.AtLeast, floor?.AtMost, subject.Metrics.Holdout.GetValueOrDefault(name)?.Value)];
        var scale = AxisScale.Of(values.Min(), values.Max());
        using var canvas = new PlotCanvas(
            $"{name} by slice", $"{name} of {shown.Count} slices of the holdout with 95 % intervals, the worst first.",
            PlotAxis.Of(name, scale, 0.015), PlotAxis.Names("", shown.Select(slice => FormattableString.Invariant($"{slice.Slice} ({slice.Rows:#,0})")), reversed: true),
            height: 132 + (shown.Count * 28));

        canvas.Explain("slice (its rows), 95 % interval", ChartPalette.Blue);
        Mark(canvas, "whole holdout", subject.Metrics.Holdout.GetValueOrDefault(name)?.Value, ChartPalette.Reference, shown.Count);
        Mark(canvas, "gate", floor?.AtLeast ?? floor?.AtMost, ChartPalette.Orange, shown.Count);
        for (var i = 0; i < shown.Count; i++)
            Draw(canvas, i, shown[i].Metrics[name]);
        return canvas.ToSvg();
    }

    private static void Draw(PlotCanvas canvas, int place, Metric metric)
    {
        if (metric is { Low: { } low, High: { } high })
            canvas.Line([(low, place), (high, place)], ChartPalette.Blue, 3);
        canvas.Dots([(metric.Value, place)], ChartPalette.Blue, 10);
    }

    private static void Mark(PlotCanvas canvas, string text, double? at, string color, int places)
    {
        if (at is not { } value)
            return;
        canvas.Line([(value, -0.5), (value, places - 0.5)], color, 1);
        canvas.Explain(text, color);
    }

    private static double Worth(string name, SliceMetrics slice) =>
        MetricDirection.LowerIsBetter(name) ? -slice.Metrics[name].Value : slice.Metrics[name].Value;

    private static IEnumerable<double> Ends(Metric metric) => Present(metric.Low, metric.Value, metric.High);

    private static IEnumerable<double> Present(params double?[] values) => values.OfType<double>();
}
