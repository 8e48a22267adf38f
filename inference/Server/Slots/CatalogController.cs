using Slipway.Inference.Options;
using Slipway.Inference.Residency;
using Slipway.Registry;

namespace Slipway.Inference.Slots;

/// <summary>
/// Finds the models of this server's color and gives each a slot with its own controller, so that one slow archive delays no other model. One request per poll
/// shows which channels have moved; now and then all names are listed, because a catalog that is missing or outdated does not contain all of them.
/// </summary>
public sealed partial class CatalogController(
    ModelCatalog catalog, ModelSource source, ModelLoads loads, InferenceOptions options, TimeProvider time, ILogger<CatalogController> logger) : BackgroundService
{
    private readonly List<Task> _controllers = [];
    private readonly Lock _adding = new();
    private string? _problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        source.CleanUp();
        try
        {
            // a store that lists slowly must not delay channels that moved
            var looked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await Task.WhenAll(PollAsync(looked, stoppingToken), DiscoverAsync(looked.Task, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping is not an error
        }

        await Task.WhenAll(_controllers);
        foreach (var slot in catalog.Slots)
            slot.Close();
        await source.EndAsync();
    }

    private async Task PollAsync(TaskCompletionSource looked, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await PollOnceAsync(stop);
            looked.TrySetResult();
            await Task.Delay(options.PollInterval, time, stop);
        }
    }

    private async Task DiscoverAsync(Task updated, CancellationToken stop)
    {
        await updated.WaitAsync(stop);
        var listed = catalog.IsStarted; // from the catalog: then nothing is listed at startup
        while (!stop.IsCancellationRequested)
        {
            if (!listed)
                listed = await ListAsync(stop);
            await Task.Delay(listed ? options.DiscoveryInterval : options.PollInterval, time, stop);
            source.Channels.CompareSome([.. catalog.Slots.Select(slot => slot.Model)]);
            listed = false;
        }
    }

    private async Task PollOnceAsync(CancellationToken stop)
    {
        try
        {
            // an empty catalog is not trusted: it may have been damaged, and a server without models must not seem ready
            if (await source.CatalogAsync(stop) is { Models.Count: > 0 } found)
                Add(found.Models.Keys.Where(ModelName.IsValid), stop);
            _problem = null;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            if (_problem != e.Message)
                LogNotRead(e.Message, e is SlipwayException or TimeoutException ? null : e);
            _problem = e.Message;
        }
    }

    private async Task<bool> ListAsync(CancellationToken stop)
    {
        try
        {
            Add(await source.ModelsAsync(model => catalog.Find(model) is not null, stop), stop);
            return true;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogNotListed(e.Message, e is SlipwayException or TimeoutException ? null : e);
            return false;
        }
    }

    private void Add(IEnumerable<string> models, CancellationToken stop)
    {
        lock (_adding)
        {
            foreach (var model in models)
                if (catalog.Add(model) is { } slot)
                {
                    LogFound(model);
                    _controllers.Add(ControlAsync(slot, stop));
                }
        }

        catalog.Started();
    }

    private async Task ControlAsync(ModelSlot slot, CancellationToken stop)
    {
        try
        {
            await new SlotController(slot, source, loads, options, time, logger).RunAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping is not an error
        }
        finally
        {
            slot.Demand.Answer("The server is stopping.");
        }
    }
}
