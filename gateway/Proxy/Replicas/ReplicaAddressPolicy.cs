using System.Net;

namespace Slipway.Gateway.Replicas;

/// <summary>
/// Whether a heartbeat's address may become a destination. Whoever can write a heartbeat could otherwise make the gateway
/// send requests, bodies included, to any address it can reach.
/// </summary>
public static class ReplicaAddressPolicy
{
    /// <summary>Returns why not, or null when the address is fine.</summary>
    public static string? Refusal(string address, IReadOnlyList<IPNetwork> allowed, Func<IPEndPoint, bool> isOwn)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp)
            return $"'{address}' is not an http address";
        if (url.UserInfo.Length > 0 || url.PathAndQuery != "/" || url.Fragment.Length > 0)
            return $"'{address}' holds more than scheme, host and port";
        // a name could be resolved to something else after this check
        if (!IPAddress.TryParse(url.Host.Trim('[', ']'), out var ip))
            return $"'{address}' names its host; an IP address is needed";

        var plain = ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
        if (!allowed.Any(network => network.Contains(plain)))
            return $"'{address}' is outside of the allowed ranges {string.Join(", ", allowed)}";
        return isOwn(new(plain, url.Port)) ? $"'{address}' is this gateway's own" : null;
    }
}
