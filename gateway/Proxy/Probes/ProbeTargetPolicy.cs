using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Probes;

/// <summary>A version of a model on one color.</summary>
/// <param name="Servers">The healthy ones that serve it.</param>
public sealed record ProbeTarget(Color Color, string Model, int Version, string OnnxSha256, IReadOnlyList<ReplicaHeartbeat> Servers);

/// <summary>Which versions are probed where. Pure.</summary>
public static class ProbeTargetPolicy
{
    /// <summary>The rollout for which this gateway has to prepare probes; null if there is none.</summary>
    public static RolloutState? Prepared(TrafficState? state, string me) =>
        state is { Phase: TrafficPhase.Preparing or TrafficPhase.Progressing or TrafficPhase.Baking, Rollout: { Plan.Probes: true } rollout } && state.Lease.Holder == me
            ? rollout
            : null;

    /// <summary>Whether the candidate takes part in traffic, so that its answers count. While it prepares, they say nothing yet.</summary>
    public static bool IsDue(TrafficPhase phase) => phase is TrafficPhase.Progressing or TrafficPhase.Baking;

    /// <summary>What both colors serve: of a model rollout, its model alone, whose candidate has to be the planned version.</summary>
    /// <param name="release">The release that the candidate's servers must run; null for any.</param>
    /// <param name="healthy">The healthy servers of both colors.</param>
    public static IReadOnlyList<ProbeTarget> Targets(RolloutState rollout, string? release, IEnumerable<ReplicaHeartbeat> healthy)
    {
        var served = (
            from server in healthy
            where server.Color == rollout.Stable || release is null || server.Release == release
            from model in server.Models
            where model is { Version: not null, OnnxSha256: not null } && IsMeant(rollout, server.Color, model)
            group server by (server.Color, model.Model, Version: model.Version!.Value, OnnxSha256: model.OnnxSha256!) into version
            orderby version.Key.Model, version.Key.Version, version.Key.OnnxSha256
            select new ProbeTarget(version.Key.Color, version.Key.Model, version.Key.Version, version.Key.OnnxSha256, [.. version])).ToList();
        return [.. served.Where(target => served.Exists(other => other.Model == target.Model && other.Color != target.Color))];
    }

    private static bool IsMeant(RolloutState rollout, Color color, ServedModel model) =>
        rollout.Plan.Model is not { } rolled
        || (model.Model == rolled && (color == rollout.Stable || (model.Version == rollout.Plan.Version && model.OnnxSha256 == rollout.Plan.Digest)));
}
