namespace Slipway.Registry.Models;

/// <summary>The evaluation of a model on its holdout: rows that were never used for training, the same in every version of a dataset.</summary>
/// <param name="Holdout">By metric name.</param>
/// <param name="Slices">By slice, such as <c>Type=L</c>.</param>
/// <param name="Champion">The champion's metrics on the same holdout; null if there was no champion or it could not be compared.</param>
/// <param name="LatencyMicroseconds">Median of one row on one core, as measured at the end of the job.</param>
/// <param name="OnnxBytes">Size of <c>model.onnx</c>.</param>
/// <param name="Importance">By raw column: how much the loss grows when its holdout values are permuted; null if it was not measured.</param>
/// <param name="Disagreement">With the champion, on the same holdout; null if there was none, if it could not be compared, and in metrics that predate this member.</param>
public sealed record ModelMetrics(
    IReadOnlyDictionary<string, Metric> Holdout,
    IReadOnlyList<SliceMetrics> Slices,
    IReadOnlyDictionary<string, Metric>? Champion,
    DataMetrics Data,
    double LatencyMicroseconds,
    long OnnxBytes,
    IReadOnlyDictionary<string, double>? Importance = null,
    PredictedDisagreement? Disagreement = null);

/// <param name="Low">2.5 % bound of the bootstrap interval; null if there is none.</param>
/// <param name="High">97.5 % bound.</param>
public sealed record Metric(double Value, double? Low = null, double? High = null);

/// <param name="Rows">Holdout rows in the slice.</param>
/// <param name="Positives">The number of positives among these; null for tasks other than binary.</param>
public sealed record SliceMetrics(string Slice, long Rows, long? Positives, IReadOnlyDictionary<string, Metric> Metrics);

/// <summary>Statistics of the data, for the data gates.</summary>
/// <param name="Missing">Share of missing values by column, 0 to 1.</param>
/// <param name="LabelRate">Share of positives, 0 to 1; null for tasks other than binary.</param>
/// <param name="ClassRates">Share of each class, 0 to 1; null for tasks other than multiclass.</param>
/// <param name="LabelValues">For regression; null for other tasks.</param>
public sealed record DataMetrics(
    long Rows,
    long TrainingRows,
    long ValidationRows,
    long HoldoutRows,
    IReadOnlyDictionary<string, double> Missing,
    double? LabelRate,
    IReadOnlyDictionary<string, double>? ClassRates = null,
    NumberSummary? LabelValues = null);

/// <summary>The distribution of a numeric column, in its own unit.</summary>
public sealed record NumberSummary(double Minimum, double Maximum, double Mean, double StandardDeviation);
