using System.Numerics;

namespace Slipway.Gateway.Status;

/// <summary>
/// Latencies of the last minute, for percentiles: logarithmic buckets (at most 6 % wide) in six slots of ten seconds. Recording
/// takes two interlocked additions and no lock; when a slot is reused for the next ten seconds, a few records of that moment may be lost.
/// </summary>
public sealed class LatencyWindow(TimeProvider time)
{
    private const int SubBits = 4;
    public const int Buckets = 32 << SubBits;
    private const int Slots = 6;
    private const int SlotSeconds = 10;

    private readonly Slot[] _slots = [.. Enumerable.Range(0, Slots).Select(_ => new Slot())];

    private sealed class Slot
    {
        public long Epoch = -1;
        public readonly int[] Counts = new int[Buckets];
    }

    public void Record(TimeSpan latency)
    {
        var epoch = Epoch();
        var slot = _slots[epoch % Slots];
        var seen = Volatile.Read(ref slot.Epoch);
        if (seen != epoch && Interlocked.CompareExchange(ref slot.Epoch, epoch, seen) == seen)
            Array.Clear(slot.Counts);
        Interlocked.Increment(ref slot.Counts[Bucket((long)latency.TotalMicroseconds)]);
    }

    /// <summary>Milliseconds, at most 6 % too high; null if the window is empty.</summary>
    public double? Percentile(double share)
    {
        var oldest = Epoch() - Slots;
        var recent = _slots.Where(slot => Volatile.Read(ref slot.Epoch) > oldest).ToList();
        var total = recent.Sum(slot => slot.Counts.Sum(count => (long)count));
        var rank = Math.Max(1, (long)Math.Ceiling(total * share));
        long passed = 0;
        for (var bucket = 0; bucket < Buckets && total > 0; bucket++)
        {
            passed += recent.Sum(slot => (long)slot.Counts[bucket]);
            if (passed >= rank)
                return UpperMicroseconds(bucket) / 1000.0;
        }
        return null;
    }

    private long Epoch() => time.GetTimestamp() / time.TimestampFrequency / SlotSeconds;

    /// <summary>The position of the highest bit, followed by the next <see cref="SubBits"/> bits.</summary>
    public static int Bucket(long microseconds)
    {
        var value = (ulong)Math.Clamp(microseconds, 0, (1L << 31) - 1);
        if (value < 1 << SubBits)
            return (int)value;
        var power = BitOperations.Log2(value);
        return ((power - SubBits + 1) << SubBits) + (int)((value >> (power - SubBits)) & ((1 << SubBits) - 1));
    }

    /// <summary>What every latency in a bucket is below.</summary>
    public static double UpperMicroseconds(int bucket)
    {
        if (bucket < 1 << SubBits)
            return bucket + 1;
        var power = (bucket >> SubBits) + SubBits - 1;
        var within = bucket & ((1 << SubBits) - 1);
        return Math.ScaleB((1 << SubBits) + within + 1, power - SubBits);
    }
}
