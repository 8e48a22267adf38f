using Slipway.Registry;

namespace Slipway.Gateway;

/// <summary>What the controller sees of a color: the release of each of its servers that is alive, ready and proven healthy.</summary>
public sealed record ColorCondition(Color Color, IReadOnlyList<string> HealthyReleases)
{
    public bool IsHealthy => HealthyReleases.Count > 0;

    public bool Runs(string? release) => IsHealthy && (release is null || HealthyReleases.Contains(release));
}

public sealed record FleetCondition(ColorCondition Blue, ColorCondition Green)
{
    public static FleetCondition Of(FleetSnapshot fleet) => new(Of(fleet, Color.Blue), Of(fleet, Color.Green));

    public ColorCondition Of(Color color) => color == Color.Blue ? Blue : Green;

    private static ColorCondition Of(FleetSnapshot fleet, Color color) =>
        new(color, [.. fleet.Of(color).Where(replica => replica.Health == ReplicaHealth.Healthy).Select(replica => replica.Heartbeat.Release)]);
}

/// <summary>
/// The next state of traffic. Pure: no clock, no store; stateless and idempotent, so that a restart or a second gateway comes
/// to the same answer. Traffic never moves to a color without a healthy server. The revision changes only when it is reached.
/// </summary>
public static class TrafficPolicy
{
    /// <returns>Null while there is nothing to route to and nothing was asked for.</returns>
    public static TrafficState? Next(TrafficState? state, DesiredTraffic? desired, FleetCondition fleet)
    {
        var current = state ?? First(desired, fleet);
        return current is null ? null
            : IsBeyond(current, desired) ? current
            : desired is not null && desired.Revision > current.Revision ? Towards(current, desired, fleet.Of(desired.Color))
            : current.Phase == TrafficPhase.Preparing ? Settled(current)
            : current;
    }

    /// <summary>
    /// A later release is at something that this one does not know, and may be halfway to what is asked for: its split holds. To go back is right in any phase.
    /// </summary>
    private static bool IsBeyond(TrafficState state, DesiredTraffic? desired) =>
        state.Phase == TrafficPhase.Unknown && !(desired is { Action: TrafficAction.Rollback } && desired.Revision > state.Revision);

    private static TrafficState? First(DesiredTraffic? desired, FleetCondition fleet)
    {
        Color? live = fleet.Blue.IsHealthy ? Color.Blue : fleet.Green.IsHealthy ? Color.Green : desired?.Color;
        return live is not { } color ? null
            : new(0, TrafficPhase.Idle, TrafficSplit.All(color), color, $"{color.Word()} was the first to be there", new(null, 0), default);
    }

    private static TrafficState Towards(TrafficState state, DesiredTraffic desired, ColorCondition wanted) =>
        wanted.Runs(desired.Release)
            ? state with
            {
                Revision = desired.Revision,
                Phase = TrafficPhase.Promoted,
                Split = TrafficSplit.All(desired.Color),
                Live = desired.Color,
                Reason = $"revision {desired.Revision} by {desired.By}: {desired.Reason}",
            }
            : state with
            {
                Phase = TrafficPhase.Preparing,
                Reason = $"revision {desired.Revision} waits for {Missing(desired, wanted)}",
            };

    private static string Missing(DesiredTraffic desired, ColorCondition wanted) =>
        !wanted.IsHealthy ? $"a healthy {desired.Color.Word()} server"
        : $"a healthy {desired.Color.Word()} server of release {desired.Release}; healthy ones run {string.Join(", ", wanted.HealthyReleases.Distinct().Order())}";

    /// <summary>What was being prepared for was withdrawn.</summary>
    private static TrafficState Settled(TrafficState state) =>
        state with { Phase = TrafficPhase.Idle, Reason = $"nothing beyond revision {state.Revision} is asked for any more" };
}
