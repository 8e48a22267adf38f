using System.Text.Json.Serialization;
using Slipway.Registry.Channels;

namespace Slipway.Registry.Traffic;

/// <summary>What deploy and rollback ask the gateway for: <c>traffic/&lt;gateway&gt;/desired.json</c>. Asking twice for the same is harmless.</summary>
/// <param name="Revision">One more than the last; the gateway's state names the revision it has reached.</param>
/// <param name="Color">Where all traffic should go.</param>
/// <param name="Action">Whether this asks for something new or undoes it: a rollback is not itself rolled back.</param>
/// <param name="From">The color that traffic was on when this was asked for; null where that was not known, and in records older than this member.</param>
/// <param name="Histories">
/// The number of the last history entry of each model when this was asked for, so that it is known which change came later. Null in records older than
/// this member.
/// </param>
/// <param name="Release">The release that this color must be running before traffic moves; null for whatever it runs.</param>
public sealed record DesiredTraffic(
    int Revision, Color Color, TrafficAction Action, string? Release, string By, string Reason, DateTimeOffset At,
    Color? From = null, IReadOnlyDictionary<string, int>? Histories = null);

[JsonConverter(typeof(TolerantEnumConverter<TrafficAction>))]
public enum TrafficAction
{
    [JsonStringEnumMemberName("deploy")] Deploy,
    [JsonStringEnumMemberName("rollback")] Rollback,

    /// <summary>A word of a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,
}
