using System.Net;

namespace Slipway.Gateway.Replicas;

/// <summary>
/// Whether a heartbeat's address may become a destination. Otherwise, whoever can write a heartbeat could make the gateway
/// send requests, including their bodies, to any address that it can reach.
/// </summary>
public static class ReplicaAddressPolicy
{
    /// <summary>Returns the reason for refusing an address, or null if it is fine.</summary>
    public static string? Refusal(string address, IReadOnlyList<IPNetwork> allowed, Func<IPEndPoint, bool> isOwn)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp)
            return $"'{address}' is not an http address";
        if (url.UserInfo.Length > 0 || url.PathAndQuery != "/" || url.Fragment.Length > 0)
            return $"'{address}' contains more than scheme, host and port";
        // a name could be resolved to something else after this check
        if (!IPAddress.TryParse(url.Host.Trim('[', ']'), out var ip))
            return $"'{address}' contains a host name; an IP address is required";

        var plain = ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
        if (!allowed.Any(network => network.Contains(plain)))
            return $"'{address}' is outside the allowed ranges {string.Join(", ", allowed)}";
        return isOwn(new(plain, url.Port)) ? $"'{address}' is this gateway's own" : null;
    }
}
