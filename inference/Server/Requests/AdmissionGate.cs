namespace Slipway.Inference;

/// <summary>Lets a bounded number of requests compute, a bounded number wait, and turns the rest away at once.</summary>
public sealed class AdmissionGate(int concurrency, int queue) : IDisposable
{
    private readonly SemaphoreSlim _free = new(concurrency);
    private int _waiting;

    public int Waiting => Volatile.Read(ref _waiting);

    /// <exception cref="RequestException">503: the queue is full.</exception>
    public ValueTask EnterAsync(HttpContext context) =>
        _free.Wait(0, CancellationToken.None) ? ValueTask.CompletedTask : QueueAsync(context.RequestAborted);

    public void Leave() => _free.Release();

    public void Dispose() => _free.Dispose();

    private async ValueTask QueueAsync(CancellationToken aborted)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > queue)
                throw new RequestException(StatusCodes.Status503ServiceUnavailable, $"More than {queue} requests are waiting. Try again in a second.");
            await _free.WaitAsync(aborted);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
