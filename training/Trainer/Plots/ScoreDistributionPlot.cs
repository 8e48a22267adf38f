using System.Globalization;
using Slipway.Reporting.Charts;
using Slipway.Trainer.Plots.Data;
using Slipway.Trainer.Plots.Drawing;

namespace Slipway.Trainer.Plots;

internal static class ScoreDistributionPlot
{
    private const int Bins = 40;

    public static byte[] Draw(PlotSubject subject)
    {
        var negative = Of(subject, label: 0);
        var positive = Of(subject, label: 1);
        var most = negative.Counts.Concat(positive.Counts).Max();
        var threshold = subject.Schema.Threshold!.Value;
        using var canvas = new PlotCanvas(
            "Scores by class", "How many holdout rows of each class got which probability. The farther apart, the better.",
            PlotAxis.Of($"probability of '{subject.Classes[1]}'", AxisScale.Probability, 0.015), Rows(most));

        canvas.Explain($"'{subject.Classes[0]}', {negative.Counts.Sum():#,0} rows", ChartPalette.Blue, 0.6);
        canvas.Explain($"'{subject.Classes[1]}', {positive.Counts.Sum():#,0} rows", ChartPalette.Orange, 0.6);
        Draw(canvas, negative, ChartPalette.Blue);
        Draw(canvas, positive, ChartPalette.Orange);
        canvas.Reference(threshold, 0, threshold, Height(most) * 1.05);
        canvas.Write(threshold, Height(most) * 1.05, string.Create(CultureInfo.InvariantCulture, $"threshold {threshold:0.###}"),
            threshold > 0.7 ? SvgAnchor.End : SvgAnchor.Start, "quiet", right: threshold > 0.7 ? -6 : 6, down: 8);
        return canvas.ToSvg();
    }

    private static Histogram Of(PlotSubject subject, float label) =>
        Histogram.Of(subject.Scores.Where((_, row) => subject.Labels[row] == label).Select(score => (double)score), 0, 1, Bins);

    private static void Draw(PlotCanvas canvas, Histogram histogram, string color)
    {
        for (var bin = 0; bin < Bins; bin++)
            if (histogram.Counts[bin] > 0)
                canvas.Box((bin + 0.08) / Bins, (bin + 0.92) / Bins, 0, Height(histogram.Counts[bin]), color, 0.6);
    }

    // A rare class would be invisible next to a common one on a linear scale. One more than the count, so that no bar has height zero.
    private static double Height(double rows) => Math.Log10(1 + rows);

    private static PlotAxis Rows(int most)
    {
        var marks = new List<AxisMark> { new(0, "0") };
        for (var rows = 1; rows <= Math.Max(most, 1); rows *= 10)
            marks.Add(new(Height(rows), rows.ToString("#,0", CultureInfo.InvariantCulture)));
        return new("rows, on a logarithmic scale", 0, Height(Math.Max(most, 1)) * 1.08, marks);
    }
}
