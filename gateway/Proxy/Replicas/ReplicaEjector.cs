using System.Net.Sockets;
using Slipway.Gateway.Options;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Slipway.Gateway.Replicas;

/// <summary>
/// Ejects a server on the evidence of live requests, before the next probe: at once if it refuses connections, because then
/// its process is gone; otherwise after several consecutive failures. Responses with an error status do not count here: a model that
/// fails, fails on every server of its color, and emptying the color would hide that. The last healthy server always stays.
/// </summary>
public sealed class ReplicaEjector(Fleet fleet, IDestinationHealthUpdater health, GatewayOptions options)
{
    private const int FailuresInARow = 5; // the default of Envoy's outlier detection

    private readonly Lock _turn = new();

    public void Failed(Replica replica, Exception? cause)
    {
        if (replica.Failed() < FailuresInARow && !IsRefused(cause))
            return;
        replica.Succeeded();
        // two servers that fail at the same time must not each rely on the other
        lock (_turn)
        {
            if (replica.Destination is { } destination && IsAnotherHealthy(replica))
                health.SetPassive(fleet.Cluster(replica.Color), destination, DestinationHealth.Unhealthy, options.EjectionTime);
        }
    }

    /// <summary>Otherwise nothing would be left to serve, and the gateway would report itself unhealthy because of one server.</summary>
    private bool IsAnotherHealthy(Replica replica)
    {
        var current = fleet.Current;
        return current.All.Any(other => !ReferenceEquals(other, replica) && other.Health == ReplicaHealth.Healthy);
    }

    private static bool IsRefused(Exception? cause)
    {
        for (; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
                return true;
        }
        return false;
    }
}
