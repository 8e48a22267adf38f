using System.Text.Json.Serialization;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;

namespace Slipway.Registry.Traffic;

/// <summary>The traffic that a deployment or rollback requests from the gateway: <c>traffic/&lt;gateway&gt;/desired.json</c>. Requesting the same twice is harmless.</summary>
/// <param name="Revision">One more than the last; the gateway's state contains the revision that it has reached.</param>
/// <param name="Color">The color that should get all traffic.</param>
/// <param name="Action">Whether this requests something new or rolls back: a rollback itself is not rolled back.</param>
/// <param name="From">The color that traffic was on at the time of the request; null if that was unknown, and in records that predate this member.</param>
/// <param name="Histories">
/// The number of the last history entry of each model at the time of the request, which shows which change came later. Null in records that predate
/// this member.
/// </param>
/// <param name="Release">The release that this color must be running before traffic moves; null for any.</param>
/// <param name="Plan">The steps in which traffic moves; null to move all of it as soon as the color is ready, and in records that predate this member.</param>
/// <param name="ApprovedStep">The index of the last step of the plan that a person has approved; null if none.</param>
/// <param name="Before">
/// What had been requested before the rollout of a model's version, which leaves all other traffic where it is: it is requested again when that rollout
/// has ended. Null for anything else, and in records that predate this member.
/// </param>
public sealed record DesiredTraffic(
    int Revision, Color Color, TrafficAction Action, string? Release, string By, string Reason, DateTimeOffset At,
    Color? From = null, IReadOnlyDictionary<string, int>? Histories = null, RolloutPlan? Plan = null, int? ApprovedStep = null,
    DesiredTraffic? Before = null);

[JsonConverter(typeof(TolerantEnumConverter<TrafficAction>))]
public enum TrafficAction
{
    [JsonStringEnumMemberName("deploy")] Deploy,
    [JsonStringEnumMemberName("rollback")] Rollback,

    /// <summary>Completes a rollout without waiting for its verdict: all traffic moves as soon as the color is ready.</summary>
    [JsonStringEnumMemberName("promote")] Promote,

    /// <summary>A value from a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,
}
