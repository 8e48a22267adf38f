using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Trainer.Data;
using Slipway.Trainer.Job;

namespace Slipway.Trainer.Estimates;

/// <summary>
/// Fits what estimates a version's quality before labels arrive, on the validation rows, which the model was not trained on. The holdout shows how well it
/// works, and whether calibration helps.
/// </summary>
public sealed class EstimatorFit(ModelSchema schema, PredictionValue? value, JobProgress progress)
{
    /// <param name="holdoutMetrics">Measured there, to be compared with the estimate.</param>
    public QualityEstimator Fit(
        EncodedRows validation, float[] validationScores, EncodedRows holdout, float[] holdoutScores, ModelMetrics holdoutMetrics, CancellationToken cancellation)
    {
        var fitted = schema.Task == ModelTask.Regression
            ? new QualityEstimator(null, new ErrorTreeFit(cancellation).Fit(validation, validationScores), new Dictionary<string, double>())
            : new(Calibrators(validation, validationScores, holdout, holdoutScores), null, new Dictionary<string, double>());
        var estimate = Estimate(fitted, holdout, holdoutScores);
        var compared = estimate.Where(one => holdoutMetrics.Holdout.ContainsKey(one.Key))
            .Select(one => FormattableString.Invariant($"{one.Key} {one.Value:0.0000} (measured {holdoutMetrics.Holdout[one.Key].Value:0.0000})"));
        progress.Report($"Estimated for the holdout without its labels: {string.Join(", ", compared)}{(fitted.Calibrators is null ? "" : ", with calibrated probabilities")}");
        return fitted with { Holdout = estimate };
    }

    private IReadOnlyDictionary<string, double> Estimate(QualityEstimator estimator, EncodedRows rows, float[] scores)
    {
        var tally = EstimateTally.For(schema, value, estimator);
        var width = schema.Output.Width;
        for (var row = 0; row < rows.Count; row++)
            tally.Add(scores.AsSpan(row * width, width), rows.Row(row));
        return tally.ToEstimates();
    }

    /// <returns>Null if the scores themselves are as well calibrated on the holdout.</returns>
    private Calibrator[]? Calibrators(EncodedRows validation, float[] validationScores, EncodedRows holdout, float[] holdoutScores)
    {
        // a small dataset may have no validation rows of several classes
        if (validation.Count == 0)
            return null;
        var width = schema.Output.Width;
        Calibrator[] calibrators = [.. Enumerable.Range(0, width).Select(output => Calibrator.Fit(
            Output(validationScores, output, width), [.. validation.Labels.Select(label => (int)label == (width == 1 ? 1 : output))]))];
        var calibrated = Calibrated(calibrators, holdoutScores);
        return CalibrationError(calibrated, holdout.Labels) < CalibrationError(holdoutScores, holdout.Labels) ? calibrators : null;
    }

    private static float[] Calibrated(Calibrator[] calibrators, float[] scores)
    {
        var calibrated = new float[scores.Length];
        for (var start = 0; start < scores.Length; start += calibrators.Length)
        {
            var sum = 0.0;
            for (var i = 0; i < calibrators.Length; i++)
                sum += calibrated[start + i] = (float)calibrators[i].Apply(scores[start + i]);
            for (var i = 0; calibrators.Length > 1 && sum > 0 && i < calibrators.Length; i++)
                calibrated[start + i] = (float)(calibrated[start + i] / sum);
        }

        return calibrated;
    }

    private double CalibrationError(float[] scores, float[] labels)
    {
        var rows = ScoredRows.Of(schema.Task, scores, labels, threshold: 0.5); // calibration needs no decision
        return rows.Measure()[rows.Metrics.ToList().IndexOf("expectedCalibrationError")];
    }

    private static float[] Output(float[] scores, int output, int width) => [.. scores.Where((_, i) => i % width == output)];
}
