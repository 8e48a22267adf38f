namespace Slipway.Benchmarks.Load;

/// <summary>
/// When requests of a fixed rate are due, whether or not earlier ones have been answered. Latencies count from then: a server that stalls makes the requests
/// late that would have arrived meanwhile, and a closed loop would not even send them. Pure.
/// </summary>
/// <param name="start">A timestamp.</param>
/// <param name="first">Ticks from then until the first request is due.</param>
/// <param name="end">A timestamp: nothing is due from then on.</param>
/// <param name="interval">Ticks between two requests.</param>
public sealed class ArrivalSchedule(long start, double first, long end, double interval)
{
    private long _taken;

    /// <summary>When the next request is due; null if none is left.</summary>
    public long? Next => start + (long)(first + (_taken * interval)) is var due && due < end ? due : null;

    /// <summary>The requests of one of several threads, which take turns.</summary>
    public static ArrivalSchedule Of(LoadWindow window, double perSecond, int thread, int threads)
    {
        var interval = window.Time.TimestampFrequency / perSecond;
        return new(window.Begin, thread * interval, window.End, threads * interval);
    }

    /// <summary>Takes the next request if it is due.</summary>
    public bool TryTake(long now, out long due)
    {
        due = Next ?? long.MaxValue;
        if (due > now)
            return false;
        _taken++;
        return true;
    }
}
