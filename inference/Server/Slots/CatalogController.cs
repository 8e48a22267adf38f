using Slipway.Registry;

namespace Slipway.Inference;

/// <summary>Finds the models of this server's color and gives each a slot with its own controller, so that one slow archive delays nobody else.</summary>
public sealed partial class CatalogController(
    ModelCatalog catalog, ModelSource source, InferenceOptions options, TimeProvider time, ILogger<CatalogController> logger) : BackgroundService
{
    private readonly List<Task> _controllers = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        source.CleanUp();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var found = await DiscoverAsync(stoppingToken);
                await Task.Delay(found ? options.DiscoveryInterval : options.PollInterval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping is no failure
        }

        await Task.WhenAll(_controllers);
        foreach (var slot in catalog.Slots)
            slot.Close();
    }

    private async Task<bool> DiscoverAsync(CancellationToken stop)
    {
        try
        {
            foreach (var model in await source.ModelsAsync(stop))
                if (catalog.Add(model) is { } slot)
                {
                    LogFound(model);
                    _controllers.Add(ControlAsync(slot, stop));
                }

            catalog.Started();
            return true;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogNotListed(e.Message, e is SlipwayException or TimeoutException ? null : e);
            return false;
        }
    }

    private async Task ControlAsync(ModelSlot slot, CancellationToken stop)
    {
        try
        {
            await new SlotController(slot, source, options, time, logger).RunAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping is no failure
        }
    }
}
