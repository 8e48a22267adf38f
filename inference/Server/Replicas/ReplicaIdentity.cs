using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Slipway.Inference.Options;
using Slipway.Registry;
using Slipway.Registry.Channels;

namespace Slipway.Inference.Replicas;

/// <summary>The identity of this server in heartbeats, prediction ids, headers and logs.</summary>
public sealed class ReplicaIdentity(InferenceOptions options, IServer server, TimeProvider time)
{
    public string Replica { get; } = options.Replica;
    public Color Color { get; } = options.ColorValue;
    public string Release { get; } = options.Release;
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>The address for gateways; known once the server listens.</summary>
    public string Address
    {
        get
        {
            if (options.Address is { } configured)
                return configured.TrimEnd('/');

            var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
                ?? throw new InvalidOperationException("The address is known once the server listens.");
            var uri = BindingAddress.Parse(bound);
            return $"http://{(IsWildcard(uri.Host) ? OwnAddress() : uri.Host)}:{uri.Port}";
        }
    }

    private static bool IsWildcard(string host) => host is "*" or "+" or "0.0.0.0" or "[::]";

    // In a container network, the host name resolves to the address that others can reach
    private static string OwnAddress() =>
        Dns.GetHostAddresses(Dns.GetHostName(), AddressFamily.InterNetwork).FirstOrDefault()?.ToString()
        ?? throw new SlipwayException("This machine's host name has no IPv4 address: set Address to an address that gateways can reach.");
}
