using System.Net;
using Slipway.Gateway.Options;

namespace Slipway.Gateway.Access;

/// <summary>
/// What a caller may claim. That a connection comes from this machine says nothing when another proxy here made it for somebody
/// else, so nothing is allowed for that alone: an option has to say so, and a request that was passed on is nobody's of this machine.
/// </summary>
public static class CallerTrust
{
    // the last is how ASP.NET keeps what a trusted proxy said of its caller
    private static readonly string[] PassedOn = ["X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "Via", "X-Original-For"];

    public static bool MayForceColor(HttpContext context, GatewayOptions options) =>
        options.AllowForcedColor && (!options.Url.IsLoopback || !WasPassedOn(context));

    /// <summary>Probes are not logged as predictions, so a caller who could send them could hide what it asked.</summary>
    public static bool MayProbe(HttpContext context, GatewayOptions options) =>
        options.AllowForcedColor && !WasPassedOn(context) && context.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer);

    private static bool WasPassedOn(HttpContext context)
    {
        foreach (var name in PassedOn)
        {
            if (context.Request.Headers.ContainsKey(name))
                return true;
        }
        return false;
    }
}
