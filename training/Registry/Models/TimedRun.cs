namespace Slipway.Registry.Models;

/// <summary>
/// One run of a model after the other, each of which somebody else may end when it takes too long: a file may hold a loop that never ends, and the thread
/// that runs it waits for it. Costs a run no allocation.
/// </summary>
/// <param name="terminate">Makes the runtime end what runs, given true; lets the next run go on, given false.</param>
public sealed class TimedRun(Action<bool> terminate, TimeProvider time)
{
    private const long Idle = 0;
    private const long Ended = -1;

    private readonly Lock _terminating = new();

    // since when it runs; or Idle, or Ended while a run that took too long is on its way out
    private long _running;

    /// <summary>For whoever runs, as long as it has not said that it is done.</summary>
    public bool WasEnded => Volatile.Read(ref _running) == Ended;

    public void Begin() => Volatile.Write(ref _running, time.GetTimestamp() | 1); // 0 stands for no run

    public void Done()
    {
        if (Interlocked.Exchange(ref _running, Idle) == Ended)
            lock (_terminating)
                terminate(false);
    }

    /// <summary>For whoever watches. A run is known by its start: one that began meanwhile is not ended for the one before.</summary>
    public void EndIfOver(TimeSpan limit)
    {
        var since = Volatile.Read(ref _running);
        if (since is Idle or Ended || time.GetElapsedTime(since) <= limit)
            return;
        lock (_terminating)
            if (Interlocked.CompareExchange(ref _running, Ended, since) == since)
                terminate(true);
    }
}
