using System.Text.Json.Serialization;
using Slipway.Registry.Channels;

namespace Slipway.Registry.Traffic;

/// <summary>Where traffic really goes: <c>traffic/&lt;gateway&gt;/state.json</c>. Only the gateway that holds the lease writes it.</summary>
/// <param name="Revision">Of the desired traffic that this state answers; 0 before the first.</param>
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

/// <summary>Shares in percent; together 100.</summary>
public sealed record TrafficSplit(int Blue, int Green)
{
    public static TrafficSplit All(Color color) => color == Color.Blue ? new(100, 0) : new(0, 100);

    public int Of(Color color) => color == Color.Blue ? Blue : Green;
}

/// <param name="Renewal">Grows with every renewal, so that the ETag changes; a lease whose ETag stands still has expired.</param>
public sealed record TrafficLease(string? Holder, long Renewal);

[JsonConverter(typeof(TolerantEnumConverter<TrafficPhase>))]
public enum TrafficPhase
{
    /// <summary>All traffic is on the live color and nothing else was asked for.</summary>
    [JsonStringEnumMemberName("idle")] Idle,

    /// <summary>A color was asked for that is not ready yet; traffic stays on the live color.</summary>
    [JsonStringEnumMemberName("preparing")] Preparing,

    /// <summary>The color that was asked for has all traffic and is live.</summary>
    [JsonStringEnumMemberName("promoted")] Promoted,

    /// <summary>A word of a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,
}
