namespace Slipway.Gateway.Rollouts;

/// <summary>Wakes the controller before its next tick is due, however many requests ask for that.</summary>
public sealed class TickSignal
{
    /// <summary>Two ticks are at least so far apart: a burst of bad attempts is looked at together.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(50);

    // the controller must not run on the request that wakes it
    private TaskCompletionSource _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Raise() => Volatile.Read(ref _raised).TrySetResult();

    /// <summary>Returns when it has been raised, or after this time.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var raised = Volatile.Read(ref _raised);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(raised.Task, Task.Delay(atMost, time, over.Token));
        await over.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        if (!raised.Task.IsCompleted)
            return;
        if (Apart - time.GetElapsedTime(started) is var rest && rest > TimeSpan.Zero)
            await Task.Delay(rest, time, cancellation);
        // what is raised from here on is not part of the tick that follows, or is seen twice, which is harmless
        Volatile.Write(ref _raised, new(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
