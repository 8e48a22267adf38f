using Slipway.Gateway.Access;
using Slipway.Gateway.Forwarding;
using Slipway.Gateway.Options;
using Slipway.Gateway.Replicas;
using Slipway.Gateway.Rollouts;
using Slipway.Gateway.Status;
using Slipway.Hosting.Problems;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;

namespace Slipway.Gateway.Traffic;

/// <summary>Picks the color of a request by the current split, and removes headers that only the gateway may set.</summary>
public sealed class TrafficSplitMiddleware(
    CurrentTraffic traffic, Fleet fleet, RequestForwarder forwarder, FailoverMonitor failovers, TrafficDraws draws, GatewayOptions options)
{
    public Task InvokeAsync(HttpContext context)
    {
        Color? forced = null;
        if (CallerTrust.MayForceColor(context, options) && context.Request.Headers[SlipwayHeaders.Color] is { Count: > 0 } asked)
        {
            if (!Colors.TryParse(asked, out var color))
                return Problem.WriteAsync(context, 400, $"The header {SlipwayHeaders.Color} must be blue or green.");
            forced = color;
        }

        var current = fleet.Current;
        var split = RunningRollout.SplitOf(traffic.State, context.Request.Path, out var rollout);
        var (draw, isSticky) = Draw(context.Request);
        var pick = TrafficSplitPolicy.Pick(split, draw, forced, current.IsAvailable(Color.Blue), current.IsAvailable(Color.Green));
        failovers.Picked(pick);
        if (pick.Outcome == PickOutcome.ForcedUnavailable)
            return ForwardingProblems.NoServerAsync(context, pick.Color);

        ForwardedHeaders.Clean(context.Request.Headers, CallerTrust.MayProbe(context, options), keepAuthorization: options.ApiKeys.Count == 0);
        // only what the split decided is a draw; a probe is a question of ours, whichever color answers it
        if (rollout is not null && pick.Outcome == PickOutcome.Split && !context.Request.Headers.ContainsKey(SlipwayHeaders.Probe))
            pick = pick with { Rollout = rollout, Share = split!.Of(rollout.Candidate), Sticky = isSticky ? draw : null };
        return forwarder.InvokeAsync(context, pick);
    }

    private (double Draw, bool IsSticky) Draw(HttpRequest request)
    {
        if (options.StickyHeader is { } header && request.Headers[header] is { Count: > 0 } value)
            return (TrafficSplitPolicy.Draw(value.ToString()), true);
        if (options.StickyCookie is { } cookie && request.Cookies[cookie] is { } crumb)
            return (TrafficSplitPolicy.Draw(crumb), true);
        return (draws.Next(), false);
    }
}
