using Slipway.Gateway.Options;
using Slipway.Gateway.Traffic;

namespace Slipway.Gateway.Listening;

/// <summary>
/// The way in and the way out. The lease is for gateways whose port is open. From the wish to stop: health says no, the lease is let go, every answer asks its caller to reconnect, and
/// whatever still arrives is answered. After the delay the port closes, and requests in flight are finished. The delay waits for nothing:
/// a store that hangs must not eat the time that requests have.
/// </summary>
public sealed partial class DrainController(TrafficController traffic, GatewayOptions options, TimeProvider time, ILogger<DrainController> logger)
    : IHostedLifecycleService
{
    private volatile bool _isDraining;

    public bool IsDraining => _isDraining;

    /// <summary>Callers that keep their connection would otherwise learn of the end by losing a request.</summary>
    public void AskToReconnect(HttpContext context)
    {
        if (_isDraining)
            context.Response.OnStarting(static state =>
            {
                ((HttpResponse)state).Headers.Connection = "close";
                return Task.CompletedTask;
            }, context.Response);
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_isDraining)
            return;
        _isDraining = true;
        Draining(options.DrainDelay.TotalSeconds);
        await Task.WhenAll(traffic.ReleaseAsync(cancellationToken), Task.Delay(options.DrainDelay, time, cancellationToken));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => traffic.JoinAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Gateway drains for {Seconds} s")]
    private partial void Draining(double seconds);
}
