using System.Globalization;
using Slipway.Registry.Replicas;
using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Rollouts;

/// <summary>
/// Which servers are the candidate itself. Its color may have others for a while: old ones that drain late, or new ones of yet another release. They get
/// requests only if there is nothing better, and what they do says nothing about the candidate. Pure.
/// </summary>
public static class CandidateServers
{
    /// <summary>Whether a server runs what is rolled out, as its last heartbeat says; one of the stable color always does what is compared with.</summary>
    public static bool IsMeant(RolloutState rollout, ReplicaHeartbeat server) =>
        server.Color != rollout.Candidate
        || (rollout.Plan.Model is { } model ? Serves(server, model, rollout.Plan.Version) : rollout.Release is null || server.Release == rollout.Release);

    /// <summary>The same after its answer, which names the version that predicted: a heartbeat is late when a server has just changed to another one.</summary>
    /// <param name="version">The version that the answer names; null if it names none.</param>
    public static bool IsMeant(RolloutState rollout, ReplicaHeartbeat server, string? version) =>
        IsMeant(rollout, server)
        && (version is null || rollout.Plan.Model is null || server.Color != rollout.Candidate
            || (int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == rollout.Plan.Version));

    // for every request while a model is rolled out: no enumerator, no closure
    private static bool Serves(ReplicaHeartbeat server, string model, int? version)
    {
        for (var i = 0; i < server.Models.Count; i++)
        {
            if (server.Models[i] is var served && served.Version == version && served.Model == model)
                return true;
        }
        return false;
    }
}
