using Slipway.Registry;

namespace Slipway.Inference.Hosting;

/// <summary>Wakes a loop before its interval ends. Pulses while it is busy wake it once.</summary>
public sealed class Signal(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _pulses = new(0, int.MaxValue);

    public void Pulse() => _pulses.Release();

    public void Dispose() => _pulses.Dispose();

    /// <summary>Returns after the interval, or immediately if there was a pulse since the last call.</summary>
    public async Task WaitAsync(TimeSpan interval, CancellationToken cancellation)
    {
        using var deadline = new Deadline(interval, time, cancellation);
        try
        {
            await _pulses.WaitAsync(deadline.Token);
            while (_pulses.Wait(0, CancellationToken.None))
                continue;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // the interval has ended
        }
    }
}
