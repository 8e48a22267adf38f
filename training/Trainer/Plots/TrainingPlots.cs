using Slipway.Registry.Models;
using Slipway.Trainer.Job;

namespace Slipway.Trainer.Plots;

/// <summary>Draws the plots that people look at before they trust a model. A job never fails because of a plot: one that cannot be drawn is skipped and reported.</summary>
public sealed class TrainingPlots(JobProgress progress)
{
    /// <returns>SVG by the name of the plot.</returns>
    public IReadOnlyDictionary<string, byte[]> Draw(PlotSubject subject, CancellationToken cancellation) =>
        Draw(Plan(subject), subject, cancellation);

    internal IReadOnlyDictionary<string, byte[]> Draw(
        IEnumerable<KeyValuePair<string, Func<PlotSubject, byte[]>>> plan, PlotSubject subject, CancellationToken cancellation)
    {
        var drawn = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (name, draw) in plan)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                drawn.Add(name, draw(subject));
            }
            catch (Exception e) // the native library may be missing or broken, which shows in many ways
            {
                // the loader's message continues with every path that it tried
                progress.Report($"The plot '{name}' was skipped: {e.GetBaseException().Message.Split('\n')[0].TrimEnd()}");
            }
        }

        return drawn;
    }

    private static IEnumerable<KeyValuePair<string, Func<PlotSubject, byte[]>>> Plan(PlotSubject subject)
    {
        foreach (var plot in OfTask(subject.Spec.Task))
            yield return plot;
        if (subject.Metrics.Importance is { Count: > 0 })
            yield return new("importance", ImportancePlot.Draw);
        if (subject.Metrics.Slices.Any(slice => slice.Metrics.ContainsKey(subject.SliceMetric)))
            yield return new("slices", SlicePlot.Draw);
    }

    private static KeyValuePair<string, Func<PlotSubject, byte[]>>[] OfTask(ModelTask task) => task switch
    {
        ModelTask.Binary =>
        [
            new("precision-recall", PrecisionRecallPlot.Draw),
            new("calibration", CalibrationPlot.DrawBinary),
            new("scores", ScoreDistributionPlot.Draw),
        ],
        ModelTask.Multiclass => [new("confusion", ConfusionPlot.Draw), new("calibration", CalibrationPlot.DrawTopClass)],
        _ => [new("predictions", RegressionPlots.DrawPredictions), new("residuals", RegressionPlots.DrawResiduals)],
    };
}
