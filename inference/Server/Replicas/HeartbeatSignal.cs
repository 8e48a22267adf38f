namespace Slipway.Inference;

/// <summary>Something that gateways should know has changed: do not wait for the next interval.</summary>
public sealed class HeartbeatSignal(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _pulses = new(0, int.MaxValue);

    public void Pulse() => _pulses.Release();

    public void Dispose() => _pulses.Dispose();

    /// <summary>Returns after the interval, or at once when there was a pulse since the last call.</summary>
    public async Task WaitAsync(TimeSpan interval, CancellationToken cancellation)
    {
        using var elapsed = new CancellationTokenSource(interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(elapsed.Token, cancellation);
        try
        {
            await _pulses.WaitAsync(either.Token);
            while (_pulses.Wait(0, CancellationToken.None)) ; // pulses in between are one
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // the interval is over
        }
    }
}
