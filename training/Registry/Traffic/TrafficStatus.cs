using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;

namespace Slipway.Registry.Traffic;

/// <summary>The gateway's answer to <c>GET /api/status</c> on its private listener.</summary>
public sealed record TrafficStatus(
    string Gateway,
    string Release,
    TrafficState State,
    DesiredTraffic? Desired,
    IReadOnlyList<ColorStatus> Colors,
    DateTimeOffset StartedAt);

/// <param name="Requests">Since the gateway started.</param>
/// <param name="Errors">Of these, answers with status 5xx or none at all.</param>
/// <param name="Tries">Requests sent to servers of this color, also those that a server of the other color answered in the end.</param>
/// <param name="BadTries">Of these, errors, refusals, broken connections, silence and time-outs of a server.</param>
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

/// <param name="Health">healthy, unhealthy or unknown. Servers that drain are not destinations any more.</param>
public sealed record DestinationStatus(
    string Replica,
    string Address,
    string Release,
    string Health,
    IReadOnlyList<ServedModel> Models);
