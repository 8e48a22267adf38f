namespace Slipway.Registry.Models;

/// <summary>The metrics that a training job measures, by task; gates can be set on these.</summary>
public static class MetricNames
{
    public static IReadOnlyList<string> Binary { get; } =
        ["averagePrecision", "auc", "logLoss", "brier", "precision", "recall", "f1", "accuracy", "expectedCalibrationError"];

    /// <summary>Macro averages give each class the same weight, however rare it is.</summary>
    public static IReadOnlyList<string> Multiclass { get; } =
        ["accuracy", "macroF1", "macroPrecision", "macroRecall", "logLoss", "brier", "expectedCalibrationError"];

    public static IReadOnlyList<string> Regression { get; } =
        ["rmse", "mae", "medianAbsoluteError", "r2", "meanAbsolutePercentageError"];

    /// <summary>The value of 1,000 predictions, measured if the spec says what they are worth.</summary>
    public const string Value = "value";

    public static IReadOnlyList<string> For(ModelSpec spec) => spec.Value is null ? For(spec.Task) : [.. For(spec.Task), Value];

    public static IReadOnlyList<string> For(ModelTask task) => task switch
    {
        ModelTask.Binary => Binary,
        ModelTask.Multiclass => Multiclass,
        ModelTask.Regression => Regression,
        _ => throw new ArgumentOutOfRangeException(nameof(task), task, "No such task."),
    };

    /// <summary>Whether a metric has the unit of the target column; the others have none.</summary>
    public static bool HasUnitOfLabel(string metric) => metric is "rmse" or "mae" or "medianAbsoluteError";

    /// <summary>The possible values of a metric.</summary>
    public static (double Min, double Max) RangeOf(string metric) => metric switch
    {
        "logLoss" or "rmse" or "mae" or "medianAbsoluteError" or "meanAbsolutePercentageError" => (0, double.PositiveInfinity),
        "brier" => (0, 2), // with several classes, the squares of all of them are summed
        Value => (double.NegativeInfinity, double.PositiveInfinity),
        "r2" => (double.NegativeInfinity, 1),
        _ => (0, 1),
    };
}
