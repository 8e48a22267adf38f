using Slipway.Registry.Traffic;

namespace Slipway.Registry.Rollouts;

/// <summary>
/// A change of phase that has yet to be reported: part of the traffic's state, so that it is committed with the change itself and survives the gateway.
/// The lease holder delivers it and then removes it; a target may get it twice, and recognizes that by <see cref="Id"/>.
/// </summary>
/// <param name="Id">Of the CloudEvent: gateway, revision and number.</param>
/// <param name="Number">Increases with every change of phase of this gateway.</param>
/// <param name="Delivered">The targets that have it already, by name.</param>
/// <param name="Split">From this change on; null in records that predate this member.</param>
/// <param name="Verdict">The last verdict of the rollout, in one sentence; null without one, and in records that predate this member.</param>
/// <param name="Counts">What that verdict counted.</param>
public sealed record TrafficNotification(
    string Id,
    long Number,
    TrafficPhase Before,
    TrafficPhase Phase,
    string Reason,
    string? Rollout,
    DateTimeOffset At,
    IReadOnlyList<string> Delivered,
    TrafficSplit? Split = null,
    string? Verdict = null,
    RolloutCounts? Counts = null);
