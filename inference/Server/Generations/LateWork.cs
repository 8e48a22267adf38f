using System.Collections.Concurrent;

namespace Slipway.Inference.Generations;

/// <summary>
/// Work that was cancelled and has not ended yet. It may still write files, so a server that stops waits for it, but not for ever:
/// a session that is being created cannot be cancelled, and a store may ignore cancellation.
/// </summary>
public sealed class LateWork(TimeProvider time)
{
    /// <summary>A part of the time that a server has for stopping.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Task, bool> _tasks = new();

    public void Add(Task work)
    {
        _tasks[work] = true;
        work.ContinueWith(ended => _tasks.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits until all of it has ended, whichever way, with what it has added meanwhile, or the time is over.</summary>
    public async Task EndAsync()
    {
        if (_tasks.IsEmpty)
            return;
        using var ended = new CancellationTokenSource();
        var over = Task.Delay(Timeout, time, ended.Token);
        while (!_tasks.IsEmpty && !over.IsCompleted)
        {
            await Task.WhenAny(over, Task.WhenAll(_tasks.Keys));
            await Task.Yield(); // what has just ended is taken from the list right after that
        }

        await ended.CancelAsync();
    }
}
