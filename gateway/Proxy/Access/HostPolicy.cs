using System.Net;
using Slipway.Gateway.Status;
using Slipway.Hosting.Problems;

namespace Slipway.Gateway.Access;

/// <summary>
/// Whether a request's <c>Host</c> is accepted. A web page can point its own name to 127.0.0.1 (DNS rebinding), and a browser then
/// treats whatever listens there as that page's server; the name reveals it.
/// </summary>
public static class HostPolicy
{
    public static bool IsAllowed(HostString host, Uri listener, IReadOnlyList<string> allowed)
    {
        // no browser omits it
        if (!host.HasValue)
            return true;
        var name = host.Host;
        foreach (var one in allowed)
        {
            if (one == "*" || name.Equals(one, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return listener.IsLoopback ? IsLoopback(name) : allowed.Count == 0;
    }

    private static bool IsLoopback(string name) =>
        name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(name.AsSpan().Trim("[]"), out var ip) && IPAddress.IsLoopback(ip));

    public static Task RefuseAsync(HttpContext context) => Problem.WriteAsync(
        context, 421, $"This gateway does not accept the host '{ForwardingProblems.Cut(context.Request.Host.Value ?? "")}'. Use localhost or 127.0.0.1, or add the host to AllowedHosts (SLIPWAY_AllowedHosts).");
}
