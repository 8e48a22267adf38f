using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Rollouts;

/// <summary>Latencies since a rollout began, in the buckets of <see cref="LatencyBuckets"/>.</summary>
public sealed class LatencyTally
{
    private readonly long[] _counts = new long[LatencyBuckets.Count];

    public void Record(long microseconds) => Interlocked.Increment(ref _counts[LatencyBuckets.Of(microseconds)]);

    public LatencyCounts Counts()
    {
        var counts = new SortedDictionary<int, long>();
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            if (Interlocked.Read(ref _counts[bucket]) is > 0 and var count)
                counts[bucket] = count;
        }
        return new(counts);
    }
}
