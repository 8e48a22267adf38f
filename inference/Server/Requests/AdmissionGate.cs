namespace Slipway.Inference.Requests;

/// <summary>Lets a limited number of requests compute and a limited number wait, and rejects the rest immediately.</summary>
public sealed class AdmissionGate(int concurrency, int queue, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _free = new(concurrency);
    private int _waiting;
    private long _movedAt;

    /// <summary>Maximum number of requests that compute at the same time.</summary>
    public int Concurrency { get; } = concurrency;

    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>How long requests have been waiting without any of them getting a turn; zero while none is waiting.</summary>
    public TimeSpan Stalled => Waiting > 0 ? time.GetElapsedTime(Interlocked.Read(ref _movedAt)) : TimeSpan.Zero;

    /// <exception cref="RequestException">503: the queue is full.</exception>
    public ValueTask EnterAsync(HttpContext context) =>
        _free.Wait(0, CancellationToken.None) ? ValueTask.CompletedTask : QueueAsync(context.RequestAborted);

    public void Leave()
    {
        if (Volatile.Read(ref _waiting) > 0)
            Moved();
        _free.Release();
    }

    public void Dispose() => _free.Dispose();

    private async ValueTask QueueAsync(CancellationToken aborted)
    {
        try
        {
            var waiting = Interlocked.Increment(ref _waiting);
            if (waiting > queue)
                throw new RequestException(StatusCodes.Status503ServiceUnavailable, $"More than {queue} requests are waiting. Try again in a second.");
            if (waiting == 1)
                Moved();
            await _free.WaitAsync(aborted);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private void Moved() => Interlocked.Exchange(ref _movedAt, time.GetTimestamp());
}
