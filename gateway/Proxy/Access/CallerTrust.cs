using System.Net;
using Slipway.Gateway.Options;

namespace Slipway.Gateway.Access;

/// <summary>
/// What a caller may claim. A connection from this machine proves nothing if another proxy here opened it for somebody
/// else, so nothing is allowed for that alone: an option has to allow it, and a forwarded request never counts as local.
/// </summary>
public static class CallerTrust
{
    // ASP.NET stores what a trusted proxy reported about its caller in the last one
    private static readonly string[] PassedOn = ["X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "Via", "X-Original-For"];

    public static bool MayForceColor(HttpContext context, GatewayOptions options) =>
        options.AllowForcedColor && (!options.Url.IsLoopback || !WasPassedOn(context));

    /// <summary>Probes are not logged as predictions, so a caller that could mark its requests as probes could hide them.</summary>
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
