using Slipway.Reporting.Charts;
using Slipway.Trainer.Plots.Data;
using Slipway.Trainer.Plots.Drawing;

namespace Slipway.Trainer.Plots;

internal static class RegressionPlots
{
    private const int MaxDots = 1000;
    private const int Bins = 40;

    public static byte[] DrawPredictions(PlotSubject subject)
    {
        var rows = RowSample.Of(subject.Labels.Length, MaxDots);
        var dots = rows.Select(row => ((double)subject.Labels[row], (double)subject.Scores[row])).ToList();
        var scale = AxisScale.Of(dots.Min(dot => Math.Min(dot.Item1, dot.Item2)), dots.Max(dot => Math.Max(dot.Item1, dot.Item2)));
        using var canvas = new PlotCanvas(
            "Predicted against actual", "Each dot is a holdout row; on the diagonal, the prediction is correct.",
            PlotAxis.Of($"actual '{subject.Spec.Label}'", scale, 0.015), PlotAxis.Of($"predicted '{subject.Spec.Label}'", scale, 0.015));
        canvas.Reference(scale.Low, scale.Low, scale.High, scale.High);
        canvas.Dots(dots, ChartPalette.Blue, 6, 0.4);
        canvas.Explain(
            rows.Count < subject.Labels.Length ? FormattableString.Invariant($"{rows.Count:#,0} of {subject.Labels.Length:#,0} holdout rows") : FormattableString.Invariant($"{rows.Count:#,0} holdout rows"),
            ChartPalette.Blue, 0.6);
        return canvas.ToSvg();
    }

    public static byte[] DrawResiduals(PlotSubject subject)
    {
        double[] residuals = [.. subject.Scores.Zip(subject.Labels, (score, label) => (double)score - label)];
        var reach = residuals.Select(Math.Abs).Order().ElementAt((int)(0.99 * (residuals.Length - 1)));
        var scale = AxisScale.Of(-reach, reach, steps: 6);
        var histogram = Histogram.Of(residuals, scale.Low, scale.High, Bins);
        var beyond = residuals.Count(residual => residual < scale.Low || residual > scale.High);
        using var canvas = new PlotCanvas(
            "Residuals", "How many holdout rows were predicted too low, to the left, and too high, to the right, and by how much.",
            PlotAxis.Of($"predicted minus actual '{subject.Spec.Label}'", scale),
            PlotAxis.Of("rows", AxisScale.Of(0, histogram.Counts.Max())));
        for (var bin = 0; bin < Bins; bin++)
        {
            var left = scale.Low + (bin * histogram.BinWidth);
            canvas.Box(left + (histogram.BinWidth * 0.06), left + (histogram.BinWidth * 0.94), 0, histogram.Counts[bin], ChartPalette.Blue);
        }

        canvas.Reference(0, 0, 0, histogram.Counts.Max());
        canvas.Explain(
            beyond == 0 ? "holdout rows" : FormattableString.Invariant($"holdout rows; the outermost bars include {beyond:#,0} beyond the axis"), ChartPalette.Blue);
        return canvas.ToSvg();
    }
}
