using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Slipway.Hosting.Telemetry;

/// <summary>
/// At the end of a shutdown, exports what is still in the queues, all signals at once and within a short time: left alone, each of them waits
/// 5 s for a collector that does not answer, which is half of the time that a container has for stopping.
/// </summary>
internal sealed class LastExport(IServiceProvider services) : IHostedLifecycleService
{
    private const int Milliseconds = 2000;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        var traces = services.GetService<TracerProvider>();
        var metrics = services.GetService<MeterProvider>();
        var logs = services.GetService<LoggerProvider>();
        return Task.WhenAll(
            Task.Run(() => traces?.Shutdown(Milliseconds), CancellationToken.None),
            Task.Run(() => metrics?.Shutdown(Milliseconds), CancellationToken.None),
            Task.Run(() => logs?.Shutdown(Milliseconds), CancellationToken.None));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
