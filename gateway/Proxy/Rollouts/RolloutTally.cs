using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Rollouts;

/// <summary>What this process has counted of one rollout. Counting takes an interlocked addition or two, no lock and no memory; totals only grow.</summary>
public sealed class RolloutTally(string rollout)
{
    private const int Shares = 101;

    // for each share: the outcomes of the candidate, then those of stable
    private readonly long[]?[] _shares = new long[]?[Shares];
    private readonly LatencyTally _candidate = new();
    private readonly LatencyTally _stable = new();

    public string Rollout => rollout;

    public StickyCallers Sticky { get; } = new();

    public BadAttempts Bad { get; } = new();

    public void Count(in CountedAttempt attempt)
    {
        // a later release could have written anything
        if ((uint)attempt.Share >= Shares)
            return;
        var cells = Volatile.Read(ref _shares[attempt.Share]) ?? Add(attempt.Share);
        Interlocked.Increment(ref cells[(attempt.IsOnCandidate ? 0 : AttemptOutcomes.Count) + (int)attempt.Outcome]);
        if (attempt is { Microseconds: { } latency, Outcome: AttemptOutcome.Answered or AttemptOutcome.Slow })
            (attempt.IsOnCandidate ? _candidate : _stable).Record(latency);
    }

    public RolloutCounts Counts() => new(
        [.. Enumerable.Range(0, Shares)
            .Where(share => Volatile.Read(ref _shares[share]) is not null)
            .Select(share => new ShareCounts(share, Arm(_shares[share]!, 0), Arm(_shares[share]!, AttemptOutcomes.Count)))]);

    public LatencyCounts CandidateLatencies() => _candidate.Counts();

    public LatencyCounts StableLatencies() => _stable.Counts();

    private long[] Add(int share)
    {
        var cells = new long[2 * AttemptOutcomes.Count];
        return Interlocked.CompareExchange(ref _shares[share], cells, null) ?? cells;
    }

    private static ArmCounts Arm(long[] cells, int first)
    {
        return new(
            Of(AttemptOutcome.Answered), Of(AttemptOutcome.Slow), Of(AttemptOutcome.Errors), Of(AttemptOutcome.NotFinite),
            Of(AttemptOutcome.Refused), Of(AttemptOutcome.Failed), Of(AttemptOutcome.TimedOut), Of(AttemptOutcome.GaveUp));

        long Of(AttemptOutcome outcome) => Interlocked.Read(ref cells[first + (int)outcome]);
    }
}
