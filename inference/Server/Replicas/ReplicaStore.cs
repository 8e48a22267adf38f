using Slipway.Inference.Options;
using Slipway.Registry;
using Slipway.Registry.Replicas;
using Slipway.Registry.Storage;

namespace Slipway.Inference.Replicas;

/// <summary>Writes heartbeats to the store, each with a deadline: a store that hangs must not block the next attempt.</summary>
public sealed class ReplicaStore(IObjectStore store, InferenceOptions options, TimeProvider time)
{
    public TimeSpan Interval { get; } = options.HeartbeatInterval;

    public async Task WriteAsync(ReplicaHeartbeat heartbeat, CancellationToken stop)
    {
        using var deadline = new Deadline(options.StoreTimeout, time, stop);
        // At shutdown, a write is cancelled but awaited: one that was left running could recreate a heartbeat that has been deleted.
        await store.WriteAsync(StoreKeys.Replica(heartbeat.Replica), heartbeat, RegistryJson.Default.ReplicaHeartbeat, PutCondition.None, deadline.Token)
            .WaitAsync(options.StoreTimeout, time, CancellationToken.None);
    }

    public Task RemoveAsync(string replica, CancellationToken cancellation) =>
        store.DeleteAsync(StoreKeys.Replica(replica), cancellation).WaitAsync(options.StoreTimeout, time, cancellation);
}
