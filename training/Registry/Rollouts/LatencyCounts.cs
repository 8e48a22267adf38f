namespace Slipway.Registry.Rollouts;

/// <summary>Latencies in logarithmic buckets, at most 6 % wide, of which only those with a count are kept. Counts of several gateways add up.</summary>
/// <param name="Buckets">The count of each bucket, by the number that the gateway's latency window gives it.</param>
public sealed record LatencyCounts(IReadOnlyDictionary<int, long> Buckets)
{
    public static LatencyCounts None { get; } = new(new Dictionary<int, long>());

    public LatencyCounts Plus(LatencyCounts other)
    {
        var sum = new SortedDictionary<int, long>(Buckets.ToDictionary());
        foreach (var (bucket, count) in other.Buckets)
            sum[bucket] = sum.GetValueOrDefault(bucket) + count;
        return new(sum);
    }
}
