namespace Slipway.Registry.Gates;

/// <summary>Which way a metric gets better.</summary>
public static class MetricDirection
{
    // the names that the trainer writes; everything that is not an error or a loss is a score
    private static readonly HashSet<string> Losses =
        new(["logLoss", "brier", "rmse", "mae", "medianAbsoluteError", "meanAbsolutePercentageError", "expectedCalibrationError"], StringComparer.Ordinal);

    public static bool LowerIsBetter(string metric) => Losses.Contains(metric);
}
