namespace Slipway.Registry.Models;

/// <summary>
/// Consecutive model runs, each of which a watchdog may cancel when it takes too long: a file may contain an endless loop, and the thread
/// that runs it would wait for it. A run needs no allocation.
/// </summary>
/// <param name="terminate">Given true, makes the runtime cancel the current run; given false, lets the next run start.</param>
public sealed class TimedRun(Action<bool> terminate, TimeProvider time)
{
    private const long Idle = 0;
    private const long Ended = -1;

    private readonly Lock _terminating = new();

    // its start time; or Idle, or Ended while a run that took too long is being cancelled
    private long _running;

    /// <summary>For the runner, until it has called the end of its run.</summary>
    public bool WasEnded => Volatile.Read(ref _running) == Ended;

    public void Begin() => Volatile.Write(ref _running, time.GetTimestamp() | 1); // 0 stands for no run

    public void Done()
    {
        if (Interlocked.Exchange(ref _running, Idle) == Ended)
            lock (_terminating)
                terminate(false);
    }

    /// <summary>For a caller that no longer needs the result: cancels the current run, however short it has taken so far.</summary>
    public void End() => EndIfOver(TimeSpan.MinValue);

    /// <summary>For the watchdog. A run is identified by its start: one that started in the meantime is not cancelled in place of the previous one.</summary>
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
