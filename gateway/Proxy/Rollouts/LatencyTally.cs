using Slipway.Gateway.Status;
using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Rollouts;

/// <summary>Latencies since a rollout began, in the buckets of <see cref="LatencyWindow"/>.</summary>
public sealed class LatencyTally
{
    private readonly long[] _counts = new long[LatencyWindow.Buckets];

    public void Record(long microseconds) => Interlocked.Increment(ref _counts[LatencyWindow.Bucket(microseconds)]);

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
