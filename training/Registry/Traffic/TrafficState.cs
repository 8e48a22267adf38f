using System.Text.Json.Serialization;
using Slipway.Registry.Channels;

namespace Slipway.Registry.Traffic;

/// <summary>The actual traffic: <c>traffic/&lt;gateway&gt;/state.json</c>. Only the gateway that holds the lease writes it.</summary>
/// <param name="Revision">The revision of the desired traffic that has been reached; 0 before the first.</param>
/// <param name="Live">The color that traffic is safe on.</param>
/// <param name="Reason">Why it is in this phase, in one sentence.</param>
public sealed record TrafficState(
    int Revision,
    TrafficPhase Phase,
    TrafficSplit Split,
    Color Live,
    string Reason,
    TrafficLease Lease,
    DateTimeOffset ChangedAt);

/// <summary>Percentages that add up to 100.</summary>
public sealed record TrafficSplit(int Blue, int Green)
{
    public static TrafficSplit All(Color color) => color == Color.Blue ? new(100, 0) : new(0, 100);

    public int Of(Color color) => color == Color.Blue ? Blue : Green;
}

/// <param name="Renewal">Increases with every renewal, so that the ETag changes; a lease whose ETag does not change has expired.</param>
public sealed record TrafficLease(string? Holder, long Renewal);

[JsonConverter(typeof(TolerantEnumConverter<TrafficPhase>))]
public enum TrafficPhase
{
    /// <summary>All traffic is on the live color and nothing else was requested.</summary>
    [JsonStringEnumMemberName("idle")] Idle,

    /// <summary>The requested color is not ready yet; traffic stays on the live color.</summary>
    [JsonStringEnumMemberName("preparing")] Preparing,

    /// <summary>The requested color has all traffic and is live.</summary>
    [JsonStringEnumMemberName("promoted")] Promoted,

    /// <summary>A value from a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,
}
