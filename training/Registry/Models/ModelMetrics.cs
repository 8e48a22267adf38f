namespace Slipway.Registry.Models;

/// <summary>How a model does on its holdout: rows it never saw in training, the same rows for every version of a dataset.</summary>
/// <param name="Holdout">By metric name.</param>
/// <param name="Slices">By slice, such as <c>Type=L</c>.</param>
/// <param name="Champion">The champion's metrics on this same holdout; null when there was no champion or it could not be compared.</param>
/// <param name="LatencyMicroseconds">Median of one row on one core, as measured at the end of the job.</param>
/// <param name="OnnxBytes">Size of <c>model.onnx</c>.</param>
/// <param name="Importance">By raw column: how much worse the loss gets when its holdout values are permuted; null where it was not measured.</param>
public sealed record ModelMetrics(
    IReadOnlyDictionary<string, Metric> Holdout,
    IReadOnlyList<SliceMetrics> Slices,
    IReadOnlyDictionary<string, Metric>? Champion,
    DataMetrics Data,
    double LatencyMicroseconds,
    long OnnxBytes,
    IReadOnlyDictionary<string, double>? Importance = null);

/// <param name="Low">2.5 % bound of the bootstrap interval; null where none was made.</param>
/// <param name="High">97.5 % bound.</param>
public sealed record Metric(double Value, double? Low = null, double? High = null);

/// <param name="Rows">Holdout rows in the slice.</param>
/// <param name="Positives">Of these, labelled positive; null for other tasks than binary.</param>
public sealed record SliceMetrics(string Slice, long Rows, long? Positives, IReadOnlyDictionary<string, Metric> Metrics);

/// <summary>What the job saw of the data, for the data gates.</summary>
/// <param name="Missing">Share of missing values by column, 0 to 1.</param>
/// <param name="LabelRate">Share of positives, 0 to 1; null for other tasks than binary.</param>
/// <param name="ClassRates">Share of each class, 0 to 1; null for other tasks than multiclass.</param>
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

/// <summary>How the numbers of a column are distributed, in the column's own unit.</summary>
public sealed record NumberSummary(double Minimum, double Maximum, double Mean, double StandardDeviation);
