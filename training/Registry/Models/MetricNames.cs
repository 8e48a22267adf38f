namespace Slipway.Registry;

/// <summary>The metrics that a training job measures, by task: what gates can be set on.</summary>
public static class MetricNames
{
    public static IReadOnlyList<string> Binary { get; } =
        ["averagePrecision", "auc", "logLoss", "brier", "precision", "recall", "f1", "accuracy", "expectedCalibrationError"];
}
