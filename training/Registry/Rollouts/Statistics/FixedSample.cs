namespace Slipway.Registry.Rollouts.Statistics;

/// <summary>
/// Statistics for a sample whose size was fixed beforehand, which people know. They are shown beside a verdict and decide nothing: looked at again and
/// again, as a rollout is, they raise false alarms.
/// </summary>
public static class FixedSample
{
    private const double Normal975 = 1.959963984540054;

    // probabilities that are equal by design differ in their last digits
    private const double Slack = 1e-7;

    /// <summary>The 95 % interval of a rate by Wilson; 0 to 1 without attempts.</summary>
    public static ConfidenceInterval Wilson(long bad, long requests)
    {
        if (requests == 0)
            return new(0, 1);
        double n = requests;
        var rate = bad / n;
        var square = Normal975 * Normal975;
        var middle = (rate + square / (2 * n)) / (1 + square / n);
        var half = Normal975 / (1 + square / n) * Math.Sqrt(rate * (1 - rate) / n + square / (4 * n * n));
        return new(bad == 0 ? 0 : middle - half, bad == requests ? 1 : middle + half);
    }

    /// <summary>The 95 % interval of the candidate's rate less stable's (R. Newcombe, Statistics in Medicine 17, 1998, method 10).</summary>
    public static ConfidenceInterval Newcombe(long candidateBad, long candidateRequests, long stableBad, long stableRequests)
    {
        var (candidate, stable) = (Rate(candidateBad, candidateRequests), Rate(stableBad, stableRequests));
        var (ofCandidate, ofStable) = (Wilson(candidateBad, candidateRequests), Wilson(stableBad, stableRequests));
        return new(
            candidate - stable - Math.Sqrt(Square(candidate - ofCandidate.Lower) + Square(ofStable.Upper - stable)),
            candidate - stable + Math.Sqrt(Square(ofCandidate.Upper - candidate) + Square(stable - ofStable.Lower)));
    }

    /// <summary>The probability, if both rates are equal, that as many of the bad attempts, or more, are on the candidate (Fisher's exact test, one-sided).</summary>
    public static double FisherGreater(long candidateBad, long candidateRequests, long stableBad, long stableRequests)
    {
        var table = new AttemptTable(candidateBad, candidateRequests, stableBad, stableRequests);
        return Math.Min(1, Math.Exp(table.LnMass) * (1 + table.Above().Sum(Math.Exp)));
    }

    /// <summary>The probability, if both rates are equal, of a table that is at most as probable as this one (Fisher's exact test, two-sided).</summary>
    public static double FisherTwoSided(long candidateBad, long candidateRequests, long stableBad, long stableRequests)
    {
        var table = new AttemptTable(candidateBad, candidateRequests, stableBad, stableRequests);
        return Math.Min(1, Math.Exp(table.LnMass) * (1 + table.Above().Concat(table.Below()).Where(ln => ln <= Slack).Sum(Math.Exp)));
    }

    /// <summary>
    /// A quantile of latencies and its exact interval, from the binomial distribution of how many latencies lie below it. Both are the bounds of
    /// buckets, which are up to 6 % wide.
    /// </summary>
    /// <param name="quantile">Between 0 and 1.</param>
    /// <param name="tail">The probability on each side of the interval.</param>
    /// <returns>Null without latencies.</returns>
    public static QuantileEstimate? Quantile(LatencyCounts latencies, double quantile, double tail = 0.025)
    {
        var buckets = latencies.Buckets.Where(bucket => bucket.Value > 0).OrderBy(bucket => bucket.Key).ToList();
        var count = buckets.Sum(bucket => bucket.Value);
        if (count == 0)
            return null;
        var lnTail = Math.Log(tail);
        // the last rank that lies above the quantile only with the probability of the tail, and the first that lies below it with no more
        var lower = Last(count, rank => BinomialTails.LnAtMost(rank - 1, count, quantile) <= lnTail);
        var upper = Last(count, rank => BinomialTails.LnAtLeast(rank, count, quantile) > lnTail) + 1;
        return new(
            count,
            LatencyBuckets.UpperMicroseconds(At(Math.Max(1, (long)Math.Ceiling(count * quantile)))),
            lower == 0 ? null : LatencyBuckets.LowerMicroseconds(At(lower)),
            upper > count ? null : LatencyBuckets.UpperMicroseconds(At(upper)));

        int At(long rank)
        {
            foreach (var (bucket, inBucket) in buckets)
                if ((rank -= inBucket) <= 0)
                    return bucket;
            return buckets[^1].Key;
        }
    }

    /// <returns>The greatest rank from 1 to <paramref name="count"/> for which the condition, which holds for all before it too, holds; 0 if there is none.</returns>
    private static long Last(long count, Func<long, bool> holds)
    {
        var (low, high) = (0L, count);
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            if (holds(middle))
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    private static double Rate(long bad, long requests) => requests == 0 ? 0 : (double)bad / requests;

    private static double Square(double value) => value * value;
}
