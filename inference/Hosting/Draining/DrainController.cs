using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Slipway.Hosting.Draining;

/// <summary>
/// Between the shutdown request and closing the port, there is a delay in which a service reports "not ready" but still serves requests, so that
/// clients can move to other instances. After the delay the port closes, and requests in flight are completed. The delay has a fixed length: a store
/// that hangs must not use up the time of the requests. This is a hosted lifecycle service because its Stopping runs before the web server stops.
/// </summary>
public sealed partial class DrainController(
    DrainState state, TimeSpan delay, Func<CancellationToken, Task> leave, TimeProvider time, ILogger<DrainController> logger)
    : IHostedLifecycleService
{
    /// <param name="delay">From the shutdown request until the port closes.</param>
    /// <param name="finish">How long requests in flight may take after that.</param>
    /// <param name="leave">What the service does at the beginning of the delay, such as notifying others.</param>
    public static void AddTo(IServiceCollection services, TimeSpan delay, TimeSpan finish, Func<IServiceProvider, CancellationToken, Task> leave)
    {
        services.AddSingleton<DrainState>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = delay + finish);
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<DrainController>(
            provider, delay, (CancellationToken cancellation) => leave(provider, cancellation)));
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (state.IsDraining)
            return;
        state.Begin();
        LogDraining(delay);
        await Task.WhenAll(leave(cancellationToken), Task.Delay(delay, time, cancellationToken));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Draining: not ready from now on; requests are accepted for another {Delay}")]
    private partial void LogDraining(TimeSpan delay);
}
