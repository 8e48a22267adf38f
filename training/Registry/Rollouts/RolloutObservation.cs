namespace Slipway.Registry.Rollouts;

/// <summary>
/// What one gateway process has counted since a rollout began: <c>traffic/&lt;gateway&gt;/observations/&lt;holder&gt;.json</c>. Only that process writes
/// it, and its totals only grow. The record of a process that has died stays and counts.
/// </summary>
/// <param name="Rollout">The id of the rollout; observations of another one are ignored.</param>
/// <param name="Holder">The gateway process, as it appears in the lease.</param>
/// <param name="Sequence">Increases with every write.</param>
/// <param name="Bad">The last bad first attempts on the candidate, newest last.</param>
/// <param name="Disagreements">The last requests that the candidate answered differently under shadow, newest last.</param>
/// <param name="Probes">The golden rows that this process has sent while it held the lease; null in records that predate this member.</param>
public sealed record RolloutObservation(
    string Rollout,
    string Holder,
    long Sequence,
    RolloutCounts Counts,
    ShadowCounts Shadow,
    LatencyCounts CandidateLatencies,
    LatencyCounts StableLatencies,
    IReadOnlyList<BadAttempt> Bad,
    IReadOnlyList<ShadowSample>? Disagreements = null,
    ProbeCounts? Probes = null);

/// <param name="Id">The prediction id if the answer has one, otherwise the gateway's id of the request, which its log contains.</param>
/// <param name="Share">The candidate's share at the time of the draw.</param>
public sealed record BadAttempt(string Id, RolloutCheck Check, string Outcome, int Share, string Replica, DateTimeOffset At);

/// <summary>A request that both colors answered, differently.</summary>
/// <param name="StableId">The id of the prediction that the caller got.</param>
/// <param name="CandidateId">The id of the prediction that was compared and discarded.</param>
public sealed record ShadowSample(string? StableId, string? CandidateId, DateTimeOffset At);
