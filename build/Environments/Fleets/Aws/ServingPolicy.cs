using System.Globalization;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;

namespace Slipway.Build.Environments.Fleets.Aws;

/// <summary>What is still missing until the live servers do what they should. Pure.</summary>
public static class ServingPolicy
{
    /// <summary>Until all of them serve a version.</summary>
    /// <param name="expected">How many servers there should be.</param>
    public static string? Missing(IReadOnlyList<ReplicaHeartbeat> replicas, int expected, string model, int version)
    {
        var alive = replicas.Where(replica => !replica.Draining).ToList();
        var behind = alive
            .Select(replica => (replica, Served: replica.Models.FirstOrDefault(served => served.Model == model)))
            .Where(one => one.Served?.Version != version)
            .Select(one => $"{one.replica.Replica} {Describe(one.Served, version)}").ToList();
        return behind.Count > 0 ? string.Join("; ", behind)
            : alive.Count < expected ? string.Create(CultureInfo.InvariantCulture, $"{alive.Count} of {expected} servers are sending heartbeats")
            : null;
    }

    /// <summary>Until so many servers of a color run a release and are ready.</summary>
    public static string? NotReady(IReadOnlyList<ReplicaHeartbeat> replicas, Color color, string release, int least)
    {
        var ours = replicas.Where(replica => replica.Color == color && replica.Release == release && !replica.Draining).ToList();
        var ready = ours.Count(replica => replica.Ready);
        if (ready >= least)
            return null;

        var waiting = ours.Where(replica => !replica.Ready).SelectMany(Problems).Distinct().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{ready} of {least} servers are ready{(waiting.Count > 0 ? $": {string.Join("; ", waiting)}" : "")}");
    }

    private static IEnumerable<string> Problems(ReplicaHeartbeat replica) =>
        from model in replica.Models
        where model.State != ServedModelState.Serving
        select $"{replica.Replica} has {model.Model} {Word(model.State)}{Why(model)}";

    private static string Describe(ServedModel? served, int version) => served switch
    {
        null => "does not serve the model",
        _ when served.Quarantined.FirstOrDefault(bad => bad.Version == version) is { } bad => $"stays on version {Number(served.Version)}: {bad.Reason}",
        { Postponed: { } postponed } => $"stays on version {Number(served.Version)}: {postponed}",
        _ => $"is still on version {Number(served.Version)}",
    };

    private static string Why(ServedModel model) => model switch
    {
        { Quarantined: [.., var bad] } => $", version {Number(bad.Version)} is quarantined: {bad.Reason}",
        { Postponed: { } postponed } => $", {postponed}",
        _ => "",
    };

    private static string Word(ServedModelState state) => state.ToString().ToLowerInvariant();

    private static string Number(int? version) => version?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
