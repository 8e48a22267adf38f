namespace Slipway.Registry.Rollouts;

/// <summary>
/// What one gateway process has counted since a rollout began: <c>traffic/&lt;gateway&gt;/observations/&lt;holder&gt;.json</c>. Only that process writes
/// it, and its totals only grow. The record of a process that has died stays and counts.
/// </summary>
/// <param name="Rollout">The id of the rollout; observations of another one are ignored.</param>
/// <param name="Holder">The gateway process, as it appears in the lease.</param>
/// <param name="Sequence">Increases with every write.</param>
/// <param name="Bad">The last bad first attempts on the candidate, newest last.</param>
public sealed record RolloutObservation(
    string Rollout,
    string Holder,
    long Sequence,
    RolloutCounts Counts,
    ShadowCounts Shadow,
    LatencyCounts CandidateLatencies,
    LatencyCounts StableLatencies,
    IReadOnlyList<BadAttempt> Bad);

/// <param name="Id">The prediction id if the answer has one, otherwise the gateway's id of the request, which its log contains.</param>
/// <param name="Share">The candidate's share at the time of the draw.</param>
public sealed record BadAttempt(string Id, RolloutCheck Check, string Outcome, int Share, string Replica, DateTimeOffset At);
