using Microsoft.Extensions.Hosting;

namespace Slipway.Hosting.Polling;

/// <summary>
/// Ticks at an interval. The first tick comes before the listeners open, so that a service has the state that it needs before its first request.
/// </summary>
public abstract class PollingService(TimeSpan interval, TimeProvider time) : BackgroundService
{
    protected TimeProvider Time { get; } = time;

    /// <summary>Throws only if it is cancelled.</summary>
    public abstract Task TickAsync(CancellationToken cancellation);

    public sealed override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TickAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Waits for the next tick. A service that is in more of a hurry at times replaces this.</summary>
    protected virtual async Task WaitAsync(PeriodicTimer timer, CancellationToken cancellation) => await timer.WaitForNextTickAsync(cancellation);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, Time);
        try
        {
            while (true)
            {
                await WaitAsync(timer, stoppingToken);
                await TickAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the host would report a crash if a start failed and this ended without a cancellation
        }
    }
}
