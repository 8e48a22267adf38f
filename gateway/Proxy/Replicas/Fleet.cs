using Slipway.Gateway.Options;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Slipway.Gateway.Replicas;

/// <summary>
/// The servers behind both colors: our immutable snapshot, and the proxy's two clusters, which own connections and health.
/// The proxy is updated only when the set really changes: each of its reloads rebuilds and revalidates everything.
/// </summary>
public sealed class Fleet(
    InMemoryConfigProvider configuration,
    ConfigurationSignal signal,
    IProxyStateLookup clusters,
    IActiveHealthCheckMonitor probes,
    GatewayOptions options)
{
    private volatile FleetSnapshot _current = FleetSnapshot.Empty;
    private volatile IReadOnlyList<ReplicaHeartbeat> _starting = [];

    public FleetSnapshot Current => _current;

    /// <summary>Servers that are up but not ready: not destinations yet, but on their way to be.</summary>
    public IReadOnlyList<ReplicaHeartbeat> Starting
    {
        get => _starting;
        set => _starting = value;
    }

    public ClusterState Cluster(Color color) =>
        clusters.TryGetCluster(color.Word(), out var cluster)
            ? cluster
            : throw new InvalidOperationException($"The proxy has no cluster '{color.Word()}'.");

    /// <summary>Makes exactly these servers the destinations. Returns whether that changed anything.</summary>
    public async Task<bool> ApplyAsync(IReadOnlyList<ReplicaHeartbeat> members, CancellationToken cancellation)
    {
        var known = _current.All.ToDictionary(replica => (replica.Id, replica.Color));
        var next = members.Select(heartbeat => Known(known, heartbeat)).DistinctBy(replica => (replica.Id, replica.Color)).ToList();
        if (next.Count == known.Count && next.All(replica => known.ContainsKey((replica.Id, replica.Color))))
            return false;

        var snapshot = FleetSnapshot.Of(next);
        var applied = signal.Next();
        configuration.Update([], ColorClusters.Of(snapshot, options));
        await applied.WaitAsync(cancellation);

        foreach (var replica in next)
            replica.Destination = Cluster(replica.Color).Destinations.GetValueOrDefault(replica.Id);
        _current = snapshot;
        // probed at once: otherwise a new server would wait for the next round to count as healthy
        await probes.CheckHealthAsync(Colors.All.Select(Cluster)).WaitAsync(cancellation);
        return true;
    }

    private static Replica Known(Dictionary<(string, Color), Replica> known, ReplicaHeartbeat heartbeat)
    {
        var fresh = new Replica(heartbeat);
        if (!known.TryGetValue((fresh.Id, fresh.Color), out var replica))
            return fresh;
        replica.Heartbeat = heartbeat;
        return replica;
    }
}
