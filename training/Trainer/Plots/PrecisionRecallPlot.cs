using System.Globalization;
using Slipway.Reporting.Charts;
using Slipway.Trainer.Plots.Data;
using Slipway.Trainer.Plots.Drawing;

namespace Slipway.Trainer.Plots;

internal static class PrecisionRecallPlot
{
    public static byte[] Draw(PlotSubject subject)
    {
        var curve = PrecisionRecallCurve.Of(subject.Scores, subject.Labels);
        var chosen = PrecisionRecallCurve.At(subject.Scores, subject.Labels, subject.Schema.Threshold!.Value);
        var place = chosen is null ? "" : string.Create(CultureInfo.InvariantCulture,
            $"threshold {chosen.Threshold:0.###}: recall {chosen.Recall:0.00}, precision {chosen.Precision:0.00}");
        using var canvas = new PlotCanvas(
            "Precision and recall", $"How often positive predictions are correct, by the share of positives found. At the {place}",
            PlotAxis.Of("recall: share of positives found", AxisScale.Probability, 0.015),
            PlotAxis.Of("precision: share of positive predictions that are correct", AxisScale.Probability, 0.015));

        canvas.Reference(0, curve.BaseRate, 1, curve.BaseRate);
        canvas.Write(0, curve.BaseRate, string.Create(CultureInfo.InvariantCulture, $"base rate {curve.BaseRate:0.0%}"), SvgAnchor.Start, "quiet", down: -6);
        canvas.Explain("candidate", ChartPalette.Blue);
        if (subject.ChampionScores is { } scores)
        {
            canvas.Line(PrecisionRecallCurve.Of(scores, subject.Labels).Points.Select(point => (point.Recall, point.Precision)), ChartPalette.Yellow);
            canvas.Explain("champion", ChartPalette.Yellow);
        }

        canvas.Line(curve.Points.Select(point => (point.Recall, point.Precision)), ChartPalette.Blue);
        if (chosen is not null)
        {
            canvas.Dots([(chosen.Recall, chosen.Precision)], ChartPalette.Orange, 10);
            canvas.Explain(place, ChartPalette.Orange);
        }

        return canvas.ToSvg();
    }
}
