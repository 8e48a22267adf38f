using System.Net;
using Slipway.Gateway.Options;
using Slipway.Registry.Channels;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Slipway.Gateway.Replicas;

/// <summary>The proxy's configuration: always the two clusters blue and green, with the servers that they currently have.</summary>
public static class ColorClusters
{
    public static IReadOnlyList<ClusterConfig> Of(FleetSnapshot fleet, GatewayOptions options) =>
        [.. Colors.All.Select(color => Cluster(color, fleet.Of(color), options))];

    public static ForwarderRequestConfig Request(TimeSpan timeout) =>
        new() { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact, ActivityTimeout = timeout };

    private static ClusterConfig Cluster(Color color, IEnumerable<Replica> replicas, GatewayOptions options) => new()
    {
        ClusterId = color.Word(),
        Destinations = replicas.ToDictionary(replica => replica.Id, replica => new DestinationConfig { Address = replica.Address }),
        HttpRequest = Request(options.RequestTimeout),
        HealthCheck = new()
        {
            Active = new()
            {
                Enabled = true,
                Interval = options.ProbeInterval,
                Timeout = options.ProbeTimeout,
                Path = "/v2/health/ready",
                Policy = ReadinessHealthPolicy.PolicyName,
            },
        },
    };
}
