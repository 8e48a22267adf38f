using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;

namespace Slipway.Registry.Traffic;

/// <summary>The gateway's response to <c>GET /api/status</c> on its private listener.</summary>
/// <param name="Problem">Why the requested traffic, or the state itself, could not be read or written; null if it could, and from gateways that predate this member.</param>
/// <param name="Refused">Requests that got 503 because the gateway had reached a limit of its own, since it started: no color counts them.</param>
public sealed record TrafficStatus(
    string Gateway,
    string Release,
    TrafficState State,
    DesiredTraffic? Desired,
    IReadOnlyList<ColorStatus> Colors,
    DateTimeOffset StartedAt,
    string? Problem = null,
    long Refused = 0);

/// <param name="Requests">Since the gateway started.</param>
/// <param name="Errors">The number of these with a 5xx response or none at all, except those that the gateway had no room for.</param>
/// <param name="Tries">Requests that were sent to servers of this color, including those that a server of the other color served in the end.</param>
/// <param name="BadTries">The number of these that ended in an error, a refusal, a broken connection, no response or a timeout.</param>
public sealed record ColorStatus(
    Color Color,
    int Share,
    IReadOnlyList<DestinationStatus> Destinations,
    long Requests,
    long Errors,
    double? P50Milliseconds,
    double? P99Milliseconds,
    long Tries = 0,
    long BadTries = 0);

/// <param name="Health">healthy, unhealthy or unknown. Draining servers are no longer destinations.</param>
public sealed record DestinationStatus(
    string Replica,
    string Address,
    string Release,
    string Health,
    IReadOnlyList<ServedModel> Models);
