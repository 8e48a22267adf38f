using Slipway.Registry.Replicas;

namespace Slipway.Gateway.Replicas;

/// <summary>Which servers are destinations, given the heartbeats in the store and the previous destinations.</summary>
public static class ReplicaMembershipPolicy
{
    public static IReadOnlyList<ReplicaHeartbeat> Members(
        IReadOnlyList<ObservedReplica> observed, IReadOnlyCollection<Replica> current, Func<string, bool> isAllowed)
    {
        // If no server sends heartbeats any more, the store is more likely at fault than every server at once
        // (a wiped folder, a stale mount): keep those that still respond to their probe.
        if (!observed.Any(replica => replica.IsAlive))
            return [.. current.Where(replica => replica.Health == ReplicaHealth.Healthy).Select(replica => replica.Heartbeat)];

        return
        [
            .. observed
                .Where(replica => replica.IsAlive && replica.Heartbeat is { Ready: true, Draining: false } && isAllowed(replica.Heartbeat.Address))
                .Select(replica => replica.Heartbeat),
        ];
    }

    /// <summary>The servers that are about to become destinations.</summary>
    public static IReadOnlyList<ReplicaHeartbeat> Starting(IReadOnlyList<ObservedReplica> observed, Func<string, bool> isAllowed) =>
    [
        .. observed
            .Where(replica => replica.IsAlive && replica.Heartbeat is { Ready: false, Draining: false } && isAllowed(replica.Heartbeat.Address))
            .Select(replica => replica.Heartbeat),
    ];
}
