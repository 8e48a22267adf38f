using System.Numerics;

namespace Slipway.Registry.Rollouts;

/// <summary>
/// The buckets of <see cref="LatencyCounts"/>: sixteen for each power of two, so that each is at most 6 % wide. Their numbers are in the store, and must
/// mean the same in every release.
/// </summary>
public static class LatencyBuckets
{
    private const int SubBits = 4;

    /// <summary>How many there are: for everything up to 36 minutes, and the last for all that took longer.</summary>
    public const int Count = 32 << SubBits;

    /// <summary>The position of the highest bit, followed by the next <see cref="SubBits"/> bits.</summary>
    public static int Of(long microseconds)
    {
        var value = (ulong)Math.Clamp(microseconds, 0, (1L << 31) - 1);
        if (value < 1 << SubBits)
            return (int)value;
        var power = BitOperations.Log2(value);
        return ((power - SubBits + 1) << SubBits) + (int)((value >> (power - SubBits)) & ((1 << SubBits) - 1));
    }

    /// <summary>The least latency that belongs to a bucket.</summary>
    public static double LowerMicroseconds(int bucket) => bucket == 0 ? 0 : UpperMicroseconds(bucket - 1);

    /// <summary>The least latency that is too long for it.</summary>
    public static double UpperMicroseconds(int bucket)
    {
        if (bucket < 1 << SubBits)
            return bucket + 1;
        var power = (bucket >> SubBits) + SubBits - 1;
        var within = bucket & ((1 << SubBits) - 1);
        return Math.ScaleB((1 << SubBits) + within + 1, power - SubBits);
    }
}
