using System.Net;
using System.Net.NetworkInformation;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Slipway.Gateway.Options;

namespace Slipway.Gateway.Replicas;

/// <summary>The addresses of this gateway. If one of them counted as a server, the gateway would respond to its own probes and forward requests to itself endlessly.</summary>
public sealed class OwnAddresses(IServer server, GatewayOptions options)
{
    private readonly Lazy<HashSet<IPAddress>> _ofThisMachine = new(() =>
    [
        .. from network in NetworkInterface.GetAllNetworkInterfaces()
           from address in network.GetIPProperties().UnicastAddresses
           select address.Address,
    ]);

    public bool Contain(IPEndPoint server) => Listeners().Any(own => own.Port == server.Port && Reaches(own.Address, server.Address));

    private bool Reaches(IPAddress own, IPAddress address) =>
        own.Equals(address)
        || ((own.Equals(IPAddress.Any) || own.Equals(IPAddress.IPv6Any)) && (IPAddress.IsLoopback(address) || _ofThisMachine.Value.Contains(address)));

    /// <summary>As configured, and as bound: the system may have chosen the port.</summary>
    private IEnumerable<IPEndPoint> Listeners() =>
        (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        .Select(address => new Uri(address))
        .Concat([options.Url, options.PrivateUrl])
        .Select(Listening.Listeners.EndPointOf);
}
