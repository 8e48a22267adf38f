using Slipway.Gateway.Replicas;
using Slipway.Gateway.Rollouts;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Traffic;

/// <summary>What the controller observes of a color.</summary>
/// <param name="HealthyReleases">The release of each of its servers that is alive, ready and verified as healthy.</param>
/// <param name="Servers">How many servers it has, including those that are starting or unhealthy.</param>
/// <param name="HealthyModels">What each of the healthy servers serves.</param>
public sealed record ColorCondition(Color Color, IReadOnlyList<string> HealthyReleases, int Servers, IReadOnlyList<IReadOnlyList<ServedModel>>? HealthyModels = null)
{
    public bool IsHealthy => HealthyReleases.Count > 0;

    /// <summary>Three quarters: enough to carry the traffic, while one server that does not start does not block it.</summary>
    public int Most => Math.Max(1, (3 * Servers + 3) / 4);

    /// <summary>Of its healthy servers, those that run what is rolled out: the release, or the version of a model.</summary>
    public CandidateCondition AsCandidate(RolloutPlan plan, string? release) => new(
        plan.Model is null ? Running(release) : (HealthyModels ?? []).Count(models => models.Any(served => served.Model == plan.Model && served.Version == plan.Version)),
        Math.Max(plan.Servers, Most));

    public int Running(string? release) => release is null ? HealthyReleases.Count : HealthyReleases.Count(healthy => healthy == release);
}

public sealed record FleetCondition(ColorCondition Blue, ColorCondition Green)
{
    public static FleetCondition Of(FleetSnapshot fleet, IReadOnlyList<ReplicaHeartbeat> starting) =>
        new(Of(fleet, starting, Color.Blue), Of(fleet, starting, Color.Green));

    public ColorCondition Of(Color color) => color == Color.Blue ? Blue : Green;

    private static ColorCondition Of(FleetSnapshot fleet, IReadOnlyList<ReplicaHeartbeat> starting, Color color)
    {
        var healthy = fleet.Of(color).Where(replica => replica.Health == ReplicaHealth.Healthy).Select(replica => replica.Heartbeat).ToList();
        return new(
            color,
            [.. healthy.Select(heartbeat => heartbeat.Release)],
            fleet.Of(color).Length + starting.Count(heartbeat => heartbeat.Color == color),
            [.. healthy.Select(heartbeat => heartbeat.Models)]);
    }
}

/// <summary>
/// The next state of traffic. Pure: no clock, no store; stateless and idempotent, so that a restart or a second gateway comes
/// to the same result. Traffic moves to a color when most of its servers are ready; a rollback happens as soon as one is.
/// The revision changes only when it is reached. Where a plan is requested, <see cref="RolloutPolicy"/> decides.
/// </summary>
public static class TrafficPolicy
{
    /// <param name="observed">What is known of the rollout that runs; none before the first.</param>
    /// <returns>Null while there is nothing to route to and nothing was requested. The same instance if nothing but a rollout's times and counts has changed.</returns>
    public static TrafficState? Next(TrafficState? state, DesiredTraffic? desired, FleetCondition fleet, RolloutMeasurements? observed = null)
    {
        var current = state ?? First(desired, fleet);
        return current is null ? null
            : IsBeyond(current, desired) ? current
            : RolloutPolicy.Governs(current, desired)
                ? RolloutPolicy.Next(current, desired, Conditions(current, desired, fleet, observed ?? RolloutMeasurements.None))
            : desired is not null && desired.Revision > current.Revision ? Towards(current, desired, fleet.Of(desired.Color))
            : current.Phase == TrafficPhase.Preparing ? Settled(current)
            : current;
    }

    /// <summary>The state as a renewal of the lease writes it: with the times that have elapsed and the latest verdict.</summary>
    public static TrafficState Renewed(TrafficState state, DesiredTraffic? desired, FleetCondition fleet, RolloutMeasurements observed) =>
        RolloutPolicy.IsRunning(state) ? RolloutPolicy.Refreshed(state, Conditions(state, desired, fleet, observed)) : state;

    private static RolloutConditions Conditions(TrafficState state, DesiredTraffic? desired, FleetCondition fleet, RolloutMeasurements observed)
    {
        var candidate = RolloutPolicy.CandidateOf(state, desired) ?? state.Live.Other();
        var plan = desired?.Plan is { } requested && desired.Color == candidate ? requested : state.Rollout?.Plan;
        return new(
            plan is null ? new(0, 1) : fleet.Of(candidate).AsCandidate(plan, desired?.Release),
            fleet.Of(candidate.Other()).IsHealthy, observed.Counts, observed.Probes, observed.Shadow, observed.StableP99Microseconds, observed.SinceLastWrite);
    }

    /// <summary>
    /// A later release may be in a phase that this one does not know, halfway to the requested traffic: its split is kept. Rolling back is safe in any phase.
    /// </summary>
    private static bool IsBeyond(TrafficState state, DesiredTraffic? desired) =>
        state.Phase == TrafficPhase.Unknown && !(desired is { Action: TrafficAction.Rollback } && desired.Revision > state.Revision);

    private static TrafficState? First(DesiredTraffic? desired, FleetCondition fleet)
    {
        Color? live = fleet.Blue.IsHealthy ? Color.Blue : fleet.Green.IsHealthy ? Color.Green : desired?.Color;
        return live is not { } color ? null
            : new(0, TrafficPhase.Idle, TrafficSplit.All(color), color, $"{color.Word()} was the first color with a server", new(null, 0), default);
    }

    private static TrafficState Towards(TrafficState state, DesiredTraffic desired, ColorCondition wanted) =>
        wanted.Running(desired.Release) >= Needed(desired, wanted)
            ? state with
            {
                Revision = desired.Revision,
                Phase = TrafficPhase.Promoted,
                Split = TrafficSplit.All(desired.Color),
                Live = desired.Color,
                Rollout = null,
                Reason = $"revision {desired.Revision} by {desired.By}: {desired.Reason}",
            }
            : state with
            {
                Phase = TrafficPhase.Preparing,
                Rollout = Kept(state.Rollout),
                Reason = $"revision {desired.Revision} waits for {Missing(desired, wanted)}",
            };

    /// <summary>A model that was promoted keeps its color until the other one has its version as well; whatever else has ended is over.</summary>
    private static RolloutState? Kept(RolloutState? ended) =>
        ended is { Share: 100, Plan.Model: not null } ? ended with { Step = ended.Plan.Steps.Count } : null;

    private static int Needed(DesiredTraffic desired, ColorCondition wanted) => desired.Action == TrafficAction.Rollback ? 1 : wanted.Most;

    private static string Missing(DesiredTraffic desired, ColorCondition wanted)
    {
        var color = desired.Color.Word();
        if (!wanted.IsHealthy)
            return $"a healthy {color} server";
        var servers = Needed(desired, wanted) is var needed and > 1 ? $"{needed} of {wanted.Servers} {color} servers to be healthy" : $"a healthy {color} server";
        return desired.Release is null ? servers
            : $"{servers} with release {desired.Release}; healthy ones run {string.Join(", ", wanted.HealthyReleases.Distinct().Order())}";
    }

    /// <summary>The requested traffic was withdrawn.</summary>
    private static TrafficState Settled(TrafficState state) =>
        state with { Phase = TrafficPhase.Idle, Reason = $"nothing beyond revision {state.Revision} is requested any more" };
}
