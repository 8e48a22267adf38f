using Slipway.Registry.Traffic;

namespace Slipway.Registry.Rollouts;

/// <summary>
/// A change of phase, or a version that was put back, that has yet to be reported: part of the traffic's state, so that it is committed with the change itself and survives the gateway.
/// The lease holder delivers it and then removes it; a target may get it twice, and recognizes that by <see cref="Id"/>.
/// </summary>
/// <param name="Id">Of the CloudEvent: gateway, revision and number.</param>
/// <param name="Number">Increases with every change of phase of this gateway.</param>
/// <param name="Delivered">The targets that have it already, by name.</param>
/// <param name="Split">From this change on; null in records that predate this member.</param>
/// <param name="Verdict">The last verdict of the rollout, in one sentence; null without one, and in records that predate this member.</param>
/// <param name="Counts">What that verdict counted.</param>
/// <param name="PutBack">The version that a server put back, if this is no change of phase but that; null in records that predate this member.</param>
/// <param name="Drift">The model whose data began or ceased to drift, if this is no change of phase but that; null in records that predate this member.</param>
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
    RolloutCounts? Counts = null,
    PutBackNotice? PutBack = null,
    DriftNotice? Drift = null);

/// <param name="To">The version that the channels point to again.</param>
/// <param name="Replica">The server that put it back first.</param>
public sealed record PutBackNotice(string Model, int Version, int To, string Replica);

/// <param name="Ended">Whether the data is like the training data again.</param>
/// <param name="Ratio">The largest ratio of a feature's distance to its bound.</param>
/// <param name="Drifted">How many features have drifted, the output included.</param>
/// <param name="Problems">How many data checks are beyond chance.</param>
/// <param name="Window">The start of the window that says so.</param>
public sealed record DriftNotice(string Model, int Version, bool Ended, double Ratio, int Drifted, int Problems, DateTimeOffset Window);
