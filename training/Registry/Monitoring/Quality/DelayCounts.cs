namespace Slipway.Registry.Monitoring.Quality;

/// <summary>How long after its prediction a label came, in logarithmic buckets, at most 20 % wide, of which only those with a count are kept.</summary>
public sealed record DelayCounts(IReadOnlyDictionary<int, long> Buckets)
{
    private const int PerPower = 4;
    private const int MaxBucket = 40 * PerPower; // 2^40 s: longer than anything

    public static DelayCounts None { get; } = new(new Dictionary<int, long>());

    /// <param name="delay">Below one second, and before the prediction, counts as one second: clocks differ.</param>
    public static int BucketOf(TimeSpan delay) =>
        (int)Math.Clamp(Math.Floor(Math.Log2(Math.Max(1, delay.TotalSeconds)) * PerPower), 0, MaxBucket);

    public DelayCounts Plus(DelayCounts other)
    {
        var sum = new SortedDictionary<int, long>(Buckets.ToDictionary());
        foreach (var (bucket, count) in other.Buckets)
            sum[bucket] = sum.GetValueOrDefault(bucket) + count;
        return new(sum);
    }

    /// <returns>Null without labels.</returns>
    public LabelDelay? Quantiles() => Buckets.Count == 0 ? null : new(At(0.5), At(0.9), At(0.99));

    // the upper end of the bucket: at most 20 % too long
    private TimeSpan At(double quantile)
    {
        var rank = Math.Ceiling(Buckets.Values.Sum() * quantile);
        foreach (var (bucket, count) in Buckets.OrderBy(bucket => bucket.Key))
            if ((rank -= count) <= 0)
                return TimeSpan.FromSeconds(Math.Round(Math.Pow(2, (bucket + 1.0) / PerPower)));
        return TimeSpan.Zero;
    }
}

/// <summary>Quantiles of the time from a prediction to its label.</summary>
public sealed record LabelDelay(TimeSpan Median, TimeSpan P90, TimeSpan P99);
