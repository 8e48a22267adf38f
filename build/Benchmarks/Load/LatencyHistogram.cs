using System.Numerics;

namespace Slipway.Benchmarks.Load;

/// <summary>Counts latencies in buckets that are never wider than 1/64 of their values, so that the error of a percentile is at most 1.6 %.</summary>
public sealed class LatencyHistogram
{
    // each power of two is divided into this many buckets
    private const int Steps = 64;
    private const int StepBits = 6;

    private readonly long[] _counts = new long[(64 - StepBits + 1) * Steps];

    public long Count { get; private set; }

    public long Max { get; private set; }

    public void Add(long ticks)
    {
        _counts[Bucket(ticks)]++;
        Count++;
        Max = Math.Max(Max, ticks);
    }

    public void Add(LatencyHistogram other)
    {
        for (var bucket = 0; bucket < _counts.Length; bucket++)
            _counts[bucket] += other._counts[bucket];
        Count += other.Count;
        Max = Math.Max(Max, other.Max);
    }

    /// <summary>The smallest latency that this fraction of all requests does not exceed, rounded up to the end of its bucket; 0 if there are no requests.</summary>
    public long Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        var seen = 0L;
        for (var bucket = 0; bucket < _counts.Length && Count > 0; bucket++)
            if ((seen += _counts[bucket]) >= wanted && seen > 0)
                return Math.Min(Max, End(bucket));
        return 0;
    }

    private static int Bucket(long ticks)
    {
        if (ticks < Steps)
            return (int)Math.Max(0, ticks);
        var shift = BitOperations.Log2((ulong)ticks) - StepBits;
        return (shift * Steps) + (int)(ticks >> shift);
    }

    private static long End(int bucket)
    {
        if (bucket < 2 * Steps)
            return bucket;
        var shift = (bucket / Steps) - 1;
        return ((long)((bucket % Steps) + Steps + 1) << shift) - 1;
    }
}
