using System.Globalization;
using Slipway.Reporting.Charts;
using Slipway.Trainer.Plots.Data;
using Slipway.Trainer.Plots.Drawing;

namespace Slipway.Trainer.Plots;

internal static class ConfusionPlot
{
    public static byte[] Draw(PlotSubject subject)
    {
        var matrix = ConfusionMatrix.Of(subject.Classes, subject.Labels, TopClass.Of(subject.Scores, subject.Classes.Count).Index);
        var count = matrix.Classes.Count;
        using var canvas = new PlotCanvas(
            "Confusion matrix", $"How many holdout rows of each of {count} classes were predicted as which class.",
            PlotAxis.Names("predicted class", matrix.Classes), PlotAxis.Names("actual class", matrix.Classes, reversed: true),
            height: 180 + (Math.Clamp(count, 3, 12) * (count < 5 ? 64 : 36)));
        canvas.Explain("rows; the stronger the color, the larger their share of the actual class", ChartPalette.Blue, 0.7);

        for (var actual = 0; actual < count; actual++)
        {
            var rows = Math.Max(1, matrix.Counts[actual].Sum());
            for (var predicted = 0; predicted < count; predicted++)
                Draw(canvas, predicted, actual, matrix.Counts[actual][predicted], (double)matrix.Counts[actual][predicted] / rows);
        }

        return canvas.ToSvg();
    }

    private static void Draw(PlotCanvas canvas, int x, int y, int rows, double share)
    {
        canvas.Box(x - 0.48, x + 0.48, y - 0.48, y + 0.48, ChartPalette.Blue, 0.04 + (0.96 * share));
        canvas.Write(x, y, rows.ToString("#,0", CultureInfo.InvariantCulture), style: share > 0.5 ? "inverse" : rows == 0 ? "quiet" : "");
    }
}
