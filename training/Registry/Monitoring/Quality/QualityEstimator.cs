using Slipway.Registry.Models;

namespace Slipway.Registry.Monitoring.Quality;

/// <summary>
/// How the quality of a version is estimated before labels arrive: <c>estimator.json</c> in the archive, fitted by the training job on its validation rows.
/// Archives of earlier jobs have none.
/// </summary>
/// <param name="Calibrators">For classifiers: one for each output; null if the scores themselves are better calibrated.</param>
/// <param name="Errors">For regression.</param>
/// <param name="Holdout">What it estimates for the holdout, by metric: to be compared with the metrics there.</param>
public sealed record QualityEstimator(
    IReadOnlyList<Calibrator>? Calibrators, ErrorTree? Errors, IReadOnlyDictionary<string, double> Holdout)
{
    /// <summary>Why it cannot be used for a model; null if it can.</summary>
    public string? Flaw(ModelSchema schema)
    {
        if (schema.Task == ModelTask.Regression)
            return Errors is { Nodes.Count: > 0 } ? null : "it has no estimate of errors";
        if (Calibrators is null)
            return null;
        if (Calibrators.Count != schema.Output.Width)
            return $"it has {Calibrators.Count} calibrators for {schema.Output.Width} outputs";
        return Calibrators.All(one => one.Scores.Count > 0 && one.Scores.Count == one.Probabilities.Count) ? null : "a calibrator has no points";
    }
}
