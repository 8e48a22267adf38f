using System.Net.Sockets;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Slipway.Gateway;

/// <summary>
/// Takes a server out on the evidence of live requests, before the next probe: at once when it refuses connections, because then
/// its process is gone; after a few failures in a row otherwise. Answers with an error status do not count here: a model that
/// fails fails on every server of its color, and emptying the color would hide it.
/// </summary>
public sealed class ReplicaEjector(Fleet fleet, IDestinationHealthUpdater health, GatewayOptions options)
{
    private const int FailuresInARow = 5; // as Envoy's outlier detection has it

    public void Failed(Replica replica, Exception? cause)
    {
        if (replica.Failed() < FailuresInARow && !IsRefused(cause))
            return;
        replica.Succeeded();
        if (replica.Destination is { } destination)
            health.SetPassive(fleet.Cluster(replica.Color), destination, DestinationHealth.Unhealthy, options.EjectionTime);
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
