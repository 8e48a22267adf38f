using System.Text.Json.Serialization;

namespace Slipway.Registry.Rollouts;

/// <summary>First attempts of requests whose color was drawn, by the candidate's share at the time of the draw. Counts of several gateways add up.</summary>
/// <param name="Shares">In ascending order, each share once.</param>
public sealed record RolloutCounts(IReadOnlyList<ShareCounts> Shares)
{
    public static RolloutCounts None { get; } = new([]);

    /// <summary>First attempts on the candidate, over all shares.</summary>
    [JsonIgnore]
    public long CandidateRequests => Shares.Sum(share => share.Candidate.Requests);

    [JsonIgnore]
    public long StableRequests => Shares.Sum(share => share.Stable.Requests);

    public RolloutCounts Plus(RolloutCounts other) => new(
        [.. Shares.Concat(other.Shares)
            .GroupBy(share => share.Share)
            .OrderBy(group => group.Key)
            .Select(group => group.Aggregate((one, two) => new(one.Share, one.Candidate.Plus(two.Candidate), one.Stable.Plus(two.Stable))))]);
}

/// <param name="Share">The percentage of requests that the candidate got, 0 to 100.</param>
public sealed record ShareCounts(int Share, ArmCounts Candidate, ArmCounts Stable);

/// <summary>First attempts on the servers of one color, by outcome. Each attempt has one outcome.</summary>
/// <param name="Answered">A status below 500 in time.</param>
/// <param name="Slow">A status below 500, but later than the bound.</param>
/// <param name="Errors">A status of 5xx other than those below.</param>
/// <param name="NotFinite">The model returned a value that is not a finite number.</param>
/// <param name="Refused">502 or 503.</param>
/// <param name="Failed">The server refused or broke the connection, or stopped responding.</param>
/// <param name="TimedOut">No response in time.</param>
/// <param name="GaveUp">The caller disconnected after the bound for slow answers.</param>
public sealed record ArmCounts(
    long Answered = 0, long Slow = 0, long Errors = 0, long NotFinite = 0, long Refused = 0, long Failed = 0, long TimedOut = 0, long GaveUp = 0)
{
    public static ArmCounts None { get; } = new();

    [JsonIgnore]
    public long Requests => Answered + Slow + Errors + NotFinite + Refused + Failed + TimedOut + GaveUp;

    /// <summary>How many of them are bad by one check.</summary>
    public long Bad(RolloutCheck check) => check switch
    {
        RolloutCheck.Errors => Errors + Refused + Failed + TimedOut,
        RolloutCheck.NotFinite => NotFinite,
        RolloutCheck.Slow => Slow + GaveUp,
        _ => 0,
    };

    public ArmCounts Plus(ArmCounts other) => new(
        Answered + other.Answered, Slow + other.Slow, Errors + other.Errors, NotFinite + other.NotFinite,
        Refused + other.Refused, Failed + other.Failed, TimedOut + other.TimedOut, GaveUp + other.GaveUp);
}

/// <summary>Answers of golden sets that the controller sent to both colors. Never mixed with the counts of callers' requests.</summary>
/// <param name="CandidateWrong">Answers that differ from the golden ones, errors included.</param>
public sealed record ProbeCounts(long CandidateSent = 0, long CandidateWrong = 0, long StableSent = 0, long StableWrong = 0)
{
    public static ProbeCounts None { get; } = new();

    public ProbeCounts Plus(ProbeCounts other) => new(
        CandidateSent + other.CandidateSent, CandidateWrong + other.CandidateWrong, StableSent + other.StableSent, StableWrong + other.StableWrong);
}

/// <summary>Stable's requests that were copied to the candidate.</summary>
/// <param name="Compared">Copies whose answers were compared.</param>
/// <param name="Disagreed">Those that differ beyond the tolerance, or have another label.</param>
/// <param name="Failed">Copies that the candidate did not answer.</param>
/// <param name="Dropped">Copies that were not sent, because the queue was full or the budget was spent.</param>
public sealed record ShadowCounts(long Compared = 0, long Disagreed = 0, long Failed = 0, long Dropped = 0)
{
    public static ShadowCounts None { get; } = new();

    public ShadowCounts Plus(ShadowCounts other) => new(Compared + other.Compared, Disagreed + other.Disagreed, Failed + other.Failed, Dropped + other.Dropped);
}
