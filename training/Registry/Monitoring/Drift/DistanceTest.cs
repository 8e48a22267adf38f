namespace Slipway.Registry.Monitoring.Drift;

/// <summary>One distance between baseline and window, with what chance alone reaches.</summary>
/// <param name="Floor">The effect that is too small to matter, however certain it is.</param>
/// <param name="P">The probability that the distance is at least this large without drift.</param>
/// <param name="Weight">The part of a feature's p-value that this one may use; the weights of those that decide add up to 1.</param>
/// <param name="BoundAt">The distance that has this p-value.</param>
internal sealed record DistanceTest(DriftStatistic Statistic, double Value, double Floor, double P, double Weight, bool Decides, Func<double, double> BoundAt)
{
    /// <param name="threshold">Of the feature's p-value.</param>
    public DriftDistance At(double threshold) => new(Statistic, Value, Math.Max(Floor, BoundAt(threshold * Weight)), P, Decides);

    /// <summary>The p-value of all that decide: each may use its part.</summary>
    public static double Combined(IReadOnlyList<DistanceTest> tests) => tests.Where(test => test.Decides).Select(test => test.P / test.Weight).Append(1).Min();
}
