using Slipway.Gateway.Options;
using Slipway.Gateway.Replicas;
using Slipway.Gateway.Traffic;
using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Status;

/// <summary>The response to <c>GET /api/status</c>.</summary>
public sealed class TrafficStatusReport(Fleet fleet, CurrentTraffic traffic, GatewayMetrics metrics, GatewayOptions options, TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    public TrafficStatus Now()
    {
        var state = traffic.State ?? Undecided();
        return new(options.Gateway, options.Release, state, traffic.Desired, [.. Colors.All.Select(color => Of(color, state))], _startedAt, traffic.Problem, metrics.Refused);
    }

    private ColorStatus Of(Color color, TrafficState state)
    {
        var counts = metrics.Of(color);
        return new(
            color,
            state.Split.Of(color),
            [.. fleet.Current.Of(color).Select(replica => Of(replica))],
            counts.Requests,
            counts.Errors,
            counts.Latencies.Percentile(0.5),
            counts.Latencies.Percentile(0.99),
            counts.Tries,
            counts.BadTries);
    }

    private static DestinationStatus Of(Replica replica) => new(
        replica.Heartbeat.Replica,
        replica.Address,
        replica.Heartbeat.Release,
        replica.Health.ToString().ToLowerInvariant(),
        replica.Heartbeat.Models);

    /// <summary>Before the first state, requests go to whichever color can serve.</summary>
    private TrafficState Undecided()
    {
        var live = fleet.Current.IsAvailable(Color.Blue) || !fleet.Current.IsAvailable(Color.Green) ? Color.Blue : Color.Green;
        return new(0, TrafficPhase.Idle, TrafficSplit.All(live), live, "there are no servers yet, and no traffic was requested", new(null, 0), _startedAt);
    }
}
