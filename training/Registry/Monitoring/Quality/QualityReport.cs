using Slipway.Registry.Models;

namespace Slipway.Registry.Monitoring.Quality;

/// <summary>How good a model's versions are on real predictions, as far as their labels have arrived: <c>monitoring/&lt;model&gt;/quality.json</c>.</summary>
/// <param name="Versions">By day of the predictions, newest first, and by version; before them, without a day, the last <see cref="QualityPolicy.RecentDays"/> together.</param>
/// <param name="Lost">Metrics that a gate no longer accepts.</param>
/// <param name="EstimateErrors">How well past estimates held, by metric.</param>
/// <param name="Feedback">Of all labels of these days.</param>
/// <param name="ValueUnit">Such as EUR; null if the spec names none.</param>
/// <param name="Problems">What could not be read or joined, in sentences.</param>
/// <param name="Days">The counts of labels by the day of their predictions.</param>
/// <param name="EstimatedLost">Metrics that a gate probably no longer accepts, by estimates without labels; null in reports of earlier releases.</param>
public sealed record QualityReport(
    string Model,
    DateTimeOffset At,
    IReadOnlyList<VersionQuality> Versions,
    IReadOnlyList<LostMetric> Lost,
    IReadOnlyList<EstimateError> EstimateErrors,
    FeedbackCounts Feedback,
    string? ValueUnit,
    IReadOnlyList<string> Problems,
    IReadOnlyDictionary<DateOnly, FeedbackCounts> Days,
    IReadOnlyList<LostEstimate>? EstimatedLost = null)
{
    /// <summary>The newest day of which there are predictions; null if there are none.</summary>
    public DateOnly? NewestDay => Versions.Max(one => one.Day);
}

/// <summary>The quality of one version's predictions.</summary>
/// <param name="Day">In UTC; null for the last days together.</param>
/// <param name="Predictions">Predicted rows in the log.</param>
/// <param name="Labels">Rows of these with a label.</param>
/// <param name="Metrics">Of the labeled rows, with 95 % intervals.</param>
/// <param name="Delay">Of the labels; null if there are none.</param>
/// <param name="Estimate">What the metrics of all rows are expected to be, without labels; empty if the version has no estimator.</param>
/// <param name="Value">Of the labeled rows together; null if the spec gives none.</param>
public sealed record VersionQuality(
    int Version,
    DateOnly? Day,
    long Predictions,
    long Labels,
    IReadOnlyDictionary<string, Metric> Metrics,
    LabelDelay? Delay,
    IReadOnlyDictionary<string, double> Estimate,
    double? Value,
    IReadOnlyList<SliceQuality> Slices)
{
    /// <summary>The share of rows with a label; null without rows.</summary>
    public double? Coverage => Predictions == 0 ? null : (double)Labels / Predictions;
}

public sealed record SliceQuality(string Slice, long Labels, IReadOnlyDictionary<string, Metric> Metrics);

/// <summary>A metric whose whole interval is on the wrong side of the bound that its gate has in model.json.</summary>
/// <param name="Slice">Null for all rows.</param>
/// <param name="Bound">For people: <c>&gt;= 0.8</c>.</param>
/// <param name="Reason">One sentence.</param>
public sealed record LostMetric(
    int Version, DateOnly? Day, string? Slice, string Metric, double Value, double Low, double High, string Bound, long Labels, string Reason);

/// <summary>A metric whose estimate is on the wrong side of the bound that its gate has in model.json, by more than past estimates were off.</summary>
/// <param name="Margin">By how much past estimates were off; 0 if no labels have shown that yet.</param>
/// <param name="Bound">For people: <c>&gt;= 0.8</c>.</param>
/// <param name="Reason">One sentence.</param>
public sealed record LostEstimate(int Version, string Metric, double Estimate, double Margin, string Bound, long Predictions, string Reason);

/// <summary>The mean absolute difference between past estimates of a metric and what the labels showed later, over days and versions.</summary>
/// <param name="Low">2.5 % bound of the mean; null with fewer than <see cref="QualityPolicy.MinDays"/> days.</param>
public sealed record EstimateError(string Metric, int Days, double Mean, double? Low, double? High);
