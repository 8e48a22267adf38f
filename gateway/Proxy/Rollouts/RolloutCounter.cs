using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Rollouts;

/// <summary>Counts the first attempts of drawn requests while a rollout runs, and wakes the controller when one on the candidate is bad.</summary>
public sealed partial class RolloutCounter(TickSignal signal, TimeProvider time, ILogger<RolloutCounter> logger)
{
    // when a candidate fails entirely, thousands of its requests could be logged, of which nobody needs more than a few
    private readonly LogAllowance _lines = new(perSecond: 10, burst: BadAttempts.Max, time);
    private volatile RolloutTally? _tally;

    /// <summary>Must be called before requests are drawn by this state. The counts of a rollout that has ended stay until the next one begins.</summary>
    public void Follow(TrafficState? state)
    {
        if (RunningRollout.Of(state) is { } rollout && _tally?.Rollout != rollout.Plan.Id)
            _tally = new(rollout.Plan.Id);
    }

    public void Attempted(in CountedAttempt attempt)
    {
        // its rollout may have ended while the server worked on it
        if (_tally is not { } tally || tally.Rollout != attempt.Rollout.Plan.Id)
            return;
        if (!attempt.Outcome.IsBad())
            tally.Count(attempt);
        else if (attempt.Sticky is not { } caller || tally.Sticky.TryAdd(caller))
            CountBad(tally, attempt);
    }

    /// <summary>What has been counted so far; null before the first rollout.</summary>
    public RolloutTally? Snapshot() => _tally;

    private void CountBad(RolloutTally tally, in CountedAttempt attempt)
    {
        tally.Count(attempt);
        if (!attempt.IsOnCandidate)
            return;
        if (attempt.Id is { } id && (id.IsLogged || _lines.TryTake()))
        {
            if (!id.IsLogged)
                BadAttempt(id.Id, attempt.Rollout.Plan.Id, attempt.Outcome, id.Replica, attempt.Share);
            tally.Bad.Add(new(id.Id, CheckOf(attempt.Outcome), attempt.Outcome.ToString(), attempt.Share, id.Replica, time.GetUtcNow()));
        }
        signal.Raise();
    }

    private static RolloutCheck CheckOf(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.NotFinite => RolloutCheck.NotFinite,
        AttemptOutcome.Slow or AttemptOutcome.GaveUp => RolloutCheck.Slow,
        _ => RolloutCheck.Errors,
    };

    [LoggerMessage(LogLevel.Information, "Bad first attempt {Id} on the candidate of rollout {Rollout}: {Outcome} from {Replica}, at a share of {Share} %")]
    private partial void BadAttempt(string id, string rollout, AttemptOutcome outcome, string replica, int share);
}
