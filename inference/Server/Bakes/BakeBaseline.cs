using Slipway.Registry.Rollouts;

namespace Slipway.Inference.Bakes;

/// <summary>What the generation before did before the swap, and what follows from it for the next one. There is no randomization between the two, so only large effects count.</summary>
/// <param name="MaxFailureRate">The bound on failures: the configured one, or twice the rate of before if that is more.</param>
/// <param name="SlowMicroseconds">Beyond it, a run is slow; null if too few runs are known.</param>
/// <param name="MaxShares">The bound on the share of each bin of predictions, 1 where none is; null if too few are known.</param>
public sealed record BakeBaseline(double MaxFailureRate, long? SlowMicroseconds, IReadOnlyList<double>? MaxShares)
{
    /// <summary>Fewer answers are no baseline.</summary>
    public const int MinAnswers = 100;

    /// <summary>Shorter runs are never slow: the rest of a request takes as long.</summary>
    public const long SlowFloorMicroseconds = 200;

    /// <summary>By how much the share of a bin has to grow before it is doubtful.</summary>
    public const double MaxShift = 0.25;

    // a bound of 1 could not be tested
    private const double AlmostAll = 0.99;

    /// <summary>Where nothing is known of the generation before.</summary>
    public static BakeBaseline None(BakeBounds bounds) => new(Math.Min(bounds.MaxErrorRate, AlmostAll), null, null);

    public static BakeBaseline Of(long answers, long failures, IReadOnlyList<long> latencies, IReadOnlyList<long> bins, BakeBounds bounds)
    {
        if (answers < MinAnswers)
            return None(bounds);
        var timed = latencies.Sum();
        return new(
            Math.Min(AlmostAll, Math.Max(bounds.MaxErrorRate, 2.0 * (failures + 1) / (answers + failures + 1))),
            timed < MinAnswers ? null : Math.Max(SlowFloorMicroseconds, (long)(bounds.MaxSlowdown * Quantile(latencies, timed, 0.95))),
            [.. bins.Select(count => Math.Min(1, (double)count / answers + MaxShift))]);
    }

    private static double Quantile(IReadOnlyList<long> latencies, long all, double share)
    {
        var below = 0L;
        for (var bucket = 0; bucket < latencies.Count; bucket++)
            if ((below += latencies[bucket]) >= share * all)
                return LatencyBuckets.UpperMicroseconds(bucket);
        return LatencyBuckets.UpperMicroseconds(latencies.Count - 1);
    }
}
