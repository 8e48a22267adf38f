using System.Collections.Immutable;
using Slipway.Gateway.Rollouts;
using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Replicas;

/// <summary>
/// Which server of a color gets a request: the one with the fewest requests in flight, so that a hanging server automatically gets
/// no more. Healthy servers come before those not probed yet, and those before unhealthy ones: if every server fails its probe, a try is
/// better than a certain failure (YARP calls this panic mode), and the probe itself may be what is late.
/// </summary>
public static class ReplicaChoicePolicy
{
    /// <param name="turn">Where to start among equals, so that they share the load.</param>
    /// <param name="except">The server that has just failed.</param>
    /// <param name="panic">Whether unhealthy servers may be used.</param>
    /// <param name="rollout">The rollout that counts the request, for which servers of the candidate itself come before others of its color; null if none does.</param>
    public static Replica? Choose(ImmutableArray<Replica> replicas, uint turn, Replica? except, bool panic, RolloutState? rollout = null)
    {
        Replica? best = null;
        var bestRank = int.MaxValue;
        var bestInFlight = int.MaxValue;
        for (var i = 0; i < replicas.Length; i++)
        {
            var replica = replicas[(int)((turn + (uint)i) % (uint)replicas.Length)];
            var rank = Rank(replica.Health);
            if (ReferenceEquals(replica, except) || (rank == 2 && !panic))
                continue;
            rank = 2 * rank + (rollout is null || CandidateServers.IsMeant(rollout, replica.Heartbeat) ? 0 : 1);
            if (rank > bestRank)
                continue;
            var inFlight = replica.InFlight;
            if (rank == bestRank && inFlight >= bestInFlight)
                continue;
            (best, bestRank, bestInFlight) = (replica, rank, inFlight);
        }
        return best;
    }

    private static int Rank(ReplicaHealth health) => health switch
    {
        ReplicaHealth.Healthy => 0,
        ReplicaHealth.Unknown => 1,
        _ => 2,
    };
}
