using Slipway.Registry;

namespace Slipway.Gateway;

/// <summary>Picks the color of a request by the current split, and takes out of it what only the gateway may say.</summary>
public sealed class TrafficSplitMiddleware(
    CurrentTraffic traffic, Fleet fleet, RequestForwarder forwarder, FailoverMonitor failovers, TrafficDraws draws, GatewayOptions options)
{
    public Task InvokeAsync(HttpContext context)
    {
        Color? forced = null;
        if (options.AllowForcedColor && context.Request.Headers[SlipwayHeaders.Color] is { Count: > 0 } asked)
        {
            if (!Colors.TryParse(asked, out var color))
                return Problems.WriteAsync(context, 400, $"The header {SlipwayHeaders.Color} must be blue or green.");
            forced = color;
        }

        var current = fleet.Current;
        var pick = TrafficSplitPolicy.Pick(
            traffic.State?.Split, Draw(context.Request), forced, current.IsAvailable(Color.Blue), current.IsAvailable(Color.Green));
        failovers.Picked(pick);
        if (pick.Outcome == PickOutcome.ForcedUnavailable)
            return Problems.NoServerAsync(context, pick.Color);

        ForwardedHeaders.Clean(context.Request.Headers, MayProbe(context), keepAuthorization: options.ApiKeys.Count == 0);
        return forwarder.InvokeAsync(context, pick);
    }

    private double Draw(HttpRequest request)
    {
        if (options.StickyHeader is { } header && request.Headers[header] is { Count: > 0 } value)
            return TrafficSplitPolicy.Draw(value.ToString());
        if (options.StickyCookie is { } cookie && request.Cookies[cookie] is { } crumb)
            return TrafficSplitPolicy.Draw(crumb);
        return draws.Next();
    }

    /// <summary>
    /// Probes are not logged as predictions, so a caller who could send them could hide what it asked. Only somebody on this
    /// machine may, and only where that somebody may choose colors, too.
    /// </summary>
    private bool MayProbe(HttpContext context) =>
        options.AllowForcedColor && context.Connection.RemoteIpAddress is { } peer && System.Net.IPAddress.IsLoopback(peer);
}
