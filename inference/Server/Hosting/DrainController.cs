using Slipway.Inference.Options;
using Slipway.Inference.Slots;

namespace Slipway.Inference.Hosting;

/// <summary>
/// Between being asked to stop and refusing connections lies a delay in which the server says "not ready" and still answers:
/// gateways need it to move away. A hosted lifecycle service, because its Stopping runs before the web server stops.
/// </summary>
public sealed partial class DrainController(ModelCatalog catalog, InferenceOptions options, TimeProvider time, ILogger<DrainController> logger)
    : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        catalog.Drain();
        LogDraining(options.DrainDelay);
        await Task.Delay(options.DrainDelay, time, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
