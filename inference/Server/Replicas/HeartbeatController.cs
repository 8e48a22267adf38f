using Slipway.Hosting.Draining;
using Slipway.Inference.Hosting;
using Slipway.Inference.Slots;
using Slipway.Registry.Replicas;

namespace Slipway.Inference.Replicas;

/// <summary>Writes the heartbeat at every interval and whenever something has changed, and deletes it at shutdown.</summary>
public sealed partial class HeartbeatController(
    ReplicaIdentity replica, ModelCatalog catalog, ServerReadiness readiness, DrainState drain, ReplicaStore store, Signal signal, ILogger<HeartbeatController> logger)
    : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private Task _live = Task.CompletedTask;
    private long _beat;
    private bool _away;

    // the address is known only once the server listens
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _live = PublishAsync(_stopped.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopped.CancelAsync();
        await _live;
        try
        {
            await store.RemoveAsync(replica.Replica, cancellationToken);
        }
        catch (Exception e)
        {
            LogNotRemoved(replica.Replica, e.Message); // readers will soon notice that it no longer changes
        }
    }

    private async Task PublishAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await WriteAsync(stop);
                await signal.WaitAsync(store.Interval, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping is not an error
        }
    }

    private async Task WriteAsync(CancellationToken stop)
    {
        try
        {
            await store.WriteAsync(Snapshot(), stop);
            if (_away)
                LogWritten(replica.Replica);
            _away = false;
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // also while stopping: whatever happens to this write, the heartbeat has to be deleted afterwards
            if (!_away)
                LogNotWritten(replica.Replica, e.Message);
            _away = true;
        }
    }

    private ReplicaHeartbeat Snapshot() => new(
        replica.Replica,
        replica.Color,
        replica.Address,
        replica.Release,
        ++_beat,
        readiness.Ready,
        drain.IsDraining,
        [.. catalog.Slots.Select(slot => slot.ToServedModel())],
        replica.StartedAt);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public void Dispose() => _stopped.Dispose();
}
