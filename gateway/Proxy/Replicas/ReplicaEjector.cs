using System.Net.Sockets;
using Slipway.Gateway.Options;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Slipway.Gateway.Replicas;

/// <summary>
/// Ejects a server on the evidence of live requests, before the next probe: at once if it refuses connections, because then its process is gone;
/// after several consecutive failures; or because its answers are bad while those of its color are not (<see cref="OutlierDetector"/>). It returns by
/// itself, later each time. The last healthy server always stays, and an error status never ejects the last one of a color.
/// </summary>
public sealed class ReplicaEjector(Fleet fleet, IDestinationHealthUpdater health, GatewayOptions options, TimeProvider time)
{
    public const int FailuresInARow = 5; // the default of Envoy's outlier detection

    private readonly Lock _turn = new();

    public void Failed(Replica replica, Exception? cause)
    {
        if (replica.Failed() < FailuresInARow && !IsRefused(cause))
            return;
        replica.Succeeded();
        // otherwise nothing would be left to serve, and the gateway would report itself unhealthy because of one server
        Eject(replica, among: fleet.Current.All);
    }

    public void EjectOutlier(Replica replica) => Eject(replica, among: fleet.Current.Of(replica.Color));

    private void Eject(Replica replica, IEnumerable<Replica> among)
    {
        // two servers that fail at the same time must not each rely on the other
        lock (_turn)
        {
            // the requests that it had in flight fail together: they are one reason
            if (replica.Destination is not { } destination || destination.Health.Passive == DestinationHealth.Unhealthy)
                return;
            if (among.Any(other => !ReferenceEquals(other, replica) && other.Health == ReplicaHealth.Healthy))
                health.SetPassive(fleet.Cluster(replica.Color), destination, DestinationHealth.Unhealthy, replica.Ejections.Next(options.EjectionTime, time));
        }
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
