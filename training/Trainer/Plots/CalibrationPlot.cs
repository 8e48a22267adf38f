using System.Globalization;
using Slipway.Reporting.Charts;
using Slipway.Trainer.Plots.Data;
using Slipway.Trainer.Plots.Drawing;

namespace Slipway.Trainer.Plots;

internal static class CalibrationPlot
{
    public static byte[] DrawBinary(PlotSubject subject) => Draw(
        "Calibration", $"probability of '{subject.Classes[1]}'", $"share that is '{subject.Classes[1]}'",
        CalibrationBins.Of(subject.Scores, [.. subject.Labels.Select(label => label == 1)]));

    public static byte[] DrawTopClass(PlotSubject subject)
    {
        var top = TopClass.Of(subject.Scores, subject.Classes.Count);
        return Draw(
            "Calibration of the likeliest class", "probability of the likeliest class", "share that is correct",
            CalibrationBins.Of(top.Probability, [.. subject.Labels.Zip(top.Index, (label, index) => (int)label == index)]));
    }

    private static byte[] Draw(string title, string foretold, string observed, IReadOnlyList<CalibrationBin> bins)
    {
        using var canvas = new PlotCanvas(
            title, $"The {observed}, by {foretold}, in {bins.Count} bins. On the diagonal, predicted probabilities match observed frequencies.",
            PlotAxis.Of(foretold, AxisScale.Probability, 0.015), PlotAxis.Of(observed, AxisScale.Probability, 0.015));
        canvas.Reference(0, 0, 1, 1);
        canvas.Line(bins.Select(bin => (bin.Foretold, bin.Observed)), ChartPalette.Blue);
        canvas.Dots(bins.Select(bin => (bin.Foretold, bin.Observed)), ChartPalette.Blue, 9);
        canvas.Explain("this model, with the rows of each tenth", ChartPalette.Blue);
        foreach (var bin in bins)
            canvas.Write(bin.Center, 1.015, bin.Rows.ToString("#,0", CultureInfo.InvariantCulture), style: "quiet", down: -5);
        return canvas.ToSvg();
    }
}
