using Slipway.Reporting.Charts;
using Slipway.Trainer.Evaluation;
using Slipway.Trainer.Plots.Drawing;

namespace Slipway.Trainer.Plots;

internal static class ImportancePlot
{
    private const int MaxShown = 20;

    public static byte[] Draw(PlotSubject subject)
    {
        var all = subject.Metrics.Importance!;
        var shown = all.OrderByDescending(column => column.Value).ThenBy(column => column.Key, StringComparer.Ordinal).Take(MaxShown).ToList();
        var scale = AxisScale.Of(Math.Min(0, shown.Min(column => column.Value)), Math.Max(1e-9, shown.Max(column => column.Value)));
        using var canvas = new PlotCanvas(
            "Feature importance", $"How much worse the model gets when a column's values are permuted. The most important is '{shown[0].Key}'.",
            PlotAxis.Of($"{PermutationImportance.LossOf(subject.Spec.Task)} increases by, when the column's values are permuted", scale),
            PlotAxis.Names("", shown.Select(column => column.Key), reversed: true),
            height: 132 + (shown.Count * 24));
        for (var i = 0; i < shown.Count; i++)
            canvas.Box(Math.Min(0, shown[i].Value), Math.Max(0, shown[i].Value), i - 0.32, i + 0.32, ChartPalette.Blue);
        canvas.Explain(
            shown.Count < all.Count ? $"the {shown.Count} most important of {all.Count} raw columns" : "raw columns, with all features derived from them", ChartPalette.Blue);
        return canvas.ToSvg();
    }
}
