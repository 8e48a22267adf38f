using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;
using Slipway.Registry.Rollouts.Statistics;

namespace Slipway.Registry.Monitoring.Quality;

/// <summary>Metrics with their 95 % intervals, from sums.</summary>
internal static class TallyIntervals
{
    public const double Normal975 = 1.959963984540054;

    /// <summary>Of the shares that rows may have.</summary>
    public static Metric Proportion(double hits, double rows)
    {
        var interval = FixedSample.Wilson((long)Math.Round(hits), (long)Math.Round(rows));
        return new(hits / rows, interval.Lower, interval.Upper);
    }

    /// <summary>F1 = 2 J / (1 + J) grows with the share J of true positives among all rows that are positive or predicted so: its interval is that of J.</summary>
    public static Metric F1(double right, double wrong)
    {
        var share = Proportion(right, right + wrong);
        return new(Of(share.Value), Of(share.Low!.Value), Of(share.High!.Value));

        static double Of(double share) => 2 * share / (1 + share);
    }

    public static Metric Mean(double sum, double squares, double rows)
    {
        var mean = sum / rows;
        if (rows < QualityTally.MinLabels)
            return new(mean);
        var half = Normal975 * Math.Sqrt(Math.Max(0, (squares / rows) - (mean * mean)) / (rows - 1));
        return new(mean, mean - half, mean + half);
    }

    /// <summary>The value of 1,000 predictions, from the sums of each one's value.</summary>
    public static Metric Value(double sum, double squares, double rows)
    {
        var one = Mean(sum, squares, rows);
        return new(PredictionValue.Predictions * one.Value, PredictionValue.Predictions * one.Low, PredictionValue.Predictions * one.High);
    }

    public static void AddTo(Dictionary<string, Metric> metrics, string name, Metric metric)
    {
        if (double.IsFinite(metric.Value))
            metrics.Add(name, metric);
    }
}
