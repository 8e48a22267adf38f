using System.Net;
using System.Net.Sockets;

namespace Slipway.Gateway.Access;

/// <summary>What counts as one caller where its API key does not matter.</summary>
public static class CallerAddress
{
    /// <summary>The owner of one IPv6 address also has the 64 bits below its network.</summary>
    public static string Of(IPAddress? address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexString(address.GetAddressBytes(), 0, 8)
            : address?.ToString() ?? "";
}
