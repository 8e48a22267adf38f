using System.Globalization;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;

namespace Slipway.Build.Environments.Fleets;

/// <summary>What is still missing before the live servers are ready or serve a version. Pure.</summary>
public static class ServingPolicy
{
    /// <summary>What is missing until all of them serve a version.</summary>
    /// <param name="expected">How many servers there should be.</param>
    public static string? Missing(IReadOnlyList<ReplicaHeartbeat> replicas, int expected, string model, int version)
    {
        var alive = replicas.Where(replica => !replica.Draining).ToList();
        var behind = alive
            .Select(replica => (replica, Served: replica.Models.FirstOrDefault(served => served.Model == model)))
            .Where(one => one.Served?.Version != version)
            .Select(one => $"{one.replica.Replica} {Behind(one.Served, version)}").ToList();
        return behind.Count > 0 ? string.Join("; ", behind)
            : alive.Count < expected ? string.Create(CultureInfo.InvariantCulture, $"{alive.Count} of {expected} servers are sending heartbeats")
            : null;
    }

    /// <summary>What is missing until enough servers of a color run a release and are ready.</summary>
    public static string? NotReady(IReadOnlyList<ReplicaHeartbeat> replicas, Color color, string release, int least)
    {
        var ours = Running(replicas, color, release);
        var ready = ours.Count(replica => replica.Ready);
        if (ready >= least)
            return null;

        var waiting = ours.Where(replica => !replica.Ready).SelectMany(Problems).Distinct().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{ready} of {least} servers are ready{(waiting.Count > 0 ? $": {string.Join("; ", waiting)}" : "")}");
    }

    /// <summary>The servers of a color that run a release and accept requests.</summary>
    public static IReadOnlyList<ReplicaHeartbeat> Running(IReadOnlyList<ReplicaHeartbeat> replicas, Color color, string release) =>
        [.. replicas.Where(replica => replica.Color == color && replica.Release == release && !replica.Draining)];

    /// <summary>What prevents a server from serving each model's version in its channel.</summary>
    public static IEnumerable<string> Problems(ReplicaHeartbeat replica) =>
        from model in replica.Models
        where model.State is not (ServedModelState.Serving or ServedModelState.Available)
        select $"{replica.Replica} has {model.Model} {Word(model.State)}{Why(model)}";

    /// <summary>Why a server does not serve a version yet, as the end of a sentence about it.</summary>
    public static string Behind(ServedModel? served, int version) => served switch
    {
        null => "does not serve the model",
        _ when served.Quarantined.FirstOrDefault(bad => bad.Version == version) is { } bad => $"stays on {Version(served)}: {bad.Reason.TrimEnd('.')}",
        { Postponed: { } postponed } => $"stays on {Version(served)}: {postponed}",
        _ => $"is still on {Version(served)}",
    };

    private static string Why(ServedModel model) => model switch
    {
        { Quarantined: [.., var bad] } => $", version {Number(bad.Version)} is quarantined: {bad.Reason.TrimEnd('.')}",
        { Postponed: { } postponed } => $", {postponed}",
        _ => "",
    };

    private static string Word(ServedModelState state) => state.ToString().ToLowerInvariant();

    private static string Version(ServedModel served) => served.Version is { } version ? $"version {Number(version)}" : "no version at all";

    private static string Number(int version) => version.ToString(CultureInfo.InvariantCulture);
}
