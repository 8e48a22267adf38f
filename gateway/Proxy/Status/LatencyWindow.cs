using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Status;

/// <summary>
/// Latencies of the last minute, for percentiles: logarithmic buckets (at most 6 % wide) in six slots of ten seconds. Recording
/// takes two interlocked additions and no lock; when a slot is reused for the next ten seconds, a few records of that moment may be lost.
/// </summary>
public sealed class LatencyWindow(TimeProvider time)
{
    private const int Slots = 6;
    private const int SlotSeconds = 10;

    private readonly Slot[] _slots = [.. Enumerable.Range(0, Slots).Select(_ => new Slot())];

    private sealed class Slot
    {
        public long Epoch = -1;
        public readonly int[] Counts = new int[LatencyBuckets.Count];
    }

    public void Record(TimeSpan latency)
    {
        var epoch = Epoch();
        var slot = _slots[epoch % Slots];
        var seen = Volatile.Read(ref slot.Epoch);
        if (seen != epoch && Interlocked.CompareExchange(ref slot.Epoch, epoch, seen) == seen)
            Array.Clear(slot.Counts);
        Interlocked.Increment(ref slot.Counts[LatencyBuckets.Of((long)latency.TotalMicroseconds)]);
    }

    /// <summary>Milliseconds, at most 6 % too high; null if the window is empty.</summary>
    public double? Percentile(double share)
    {
        var oldest = Epoch() - Slots;
        var recent = _slots.Where(slot => Volatile.Read(ref slot.Epoch) > oldest).ToList();
        var total = recent.Sum(slot => slot.Counts.Sum(count => (long)count));
        var rank = Math.Max(1, (long)Math.Ceiling(total * share));
        long passed = 0;
        for (var bucket = 0; bucket < LatencyBuckets.Count && total > 0; bucket++)
        {
            passed += recent.Sum(slot => (long)slot.Counts[bucket]);
            if (passed >= rank)
                return LatencyBuckets.UpperMicroseconds(bucket) / 1000.0;
        }
        return null;
    }

    private long Epoch() => time.GetTimestamp() / time.TimestampFrequency / SlotSeconds;
}
