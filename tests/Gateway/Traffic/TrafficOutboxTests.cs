using Slipway.Gateway.Tests.Probes;
using Slipway.Gateway.Traffic;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Traffic;

public class TrafficOutboxTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static TrafficState State(TrafficPhase phase, int revision = 3, long renewal = 7) =>
        new(revision, phase, TrafficSplit.All(Color.Blue), Color.Blue, $"now {phase}", new("me", renewal), default);

    [Test]
    public void AChangeOfPhaseIsReported()
    {
        var next = Add(State(TrafficPhase.Preparing), State(TrafficPhase.Promoted, revision: 4, renewal: 8));
        var change = next.Outbox!.Single();
        Assert.That((change.Id, change.Number, change.Before, change.Phase, change.Reason, change.Rollout, change.At, change.Delivered.Count),
            Is.EqualTo(("main-4-8", 8, TrafficPhase.Preparing, TrafficPhase.Promoted, "now Promoted", default(string), Now, 0)));
    }

    [Test]
    public void NothingElseIs()
    {
        Assert.That(Add(null, State(TrafficPhase.Idle)).Outbox, Is.Null, "a beginning is no change");
        Assert.That(Add(State(TrafficPhase.Preparing), State(TrafficPhase.Preparing) with { Reason = "other" }).Outbox, Is.Null);
        Assert.That(Add(State(TrafficPhase.Promoted), State(TrafficPhase.Promoted, renewal: 8)).Outbox, Is.Null);
    }

    [Test]
    public void ItSaysWhatTheVerdictWasAndWhatItCounted()
    {
        var counts = new RolloutCounts([new(10, new(Answered: 1, Errors: 9), new(Answered: 80))]);
        var rollout = SampleRollouts.Rollout() with { Verdict = new(VerdictResult.Fail, VerdictSource.Requests, [], 9, counts, ProbeCounts.None, "errors: 9 of 10") };
        var change = Add(State(TrafficPhase.Progressing), State(TrafficPhase.RolledBack) with { Rollout = rollout }).Outbox!.Single();
        Assert.That((change.Rollout, change.Split, change.Verdict, change.Counts), Is.EqualTo(("r1", TrafficSplit.All(Color.Blue), "errors: 9 of 10", counts)));
    }

    [Test]
    public void ARevisionThatIsReachedInTheSamePhaseIs() =>
        Assert.That(Add(State(TrafficPhase.Promoted), State(TrafficPhase.Promoted, revision: 4)).Outbox, Has.Count.EqualTo(1));

    [Test]
    public void BeyondTheBoundTheOldestGoThatWereNoEnd()
    {
        var state = State(TrafficPhase.Promoted);
        for (var i = 0; i < 3 * TrafficOutbox.MaxChanges; i++)
        {
            var phase = i % 3 == 0 ? TrafficPhase.Preparing : i % 3 == 1 ? TrafficPhase.Progressing : TrafficPhase.RolledBack;
            state = Add(state, state with { Phase = phase, Lease = new("me", i) });
        }
        Assert.That(state.Outbox, Has.Count.EqualTo(TrafficOutbox.MaxChanges));
        Assert.That(state.Outbox!.Select(change => change.Phase), Has.All.EqualTo(TrafficPhase.RolledBack));
        state = Add(state, state with { Phase = TrafficPhase.Halted });
        Assert.That((state.Outbox!.Count, state.Outbox[^1].Phase), Is.EqualTo((TrafficOutbox.MaxChanges, TrafficPhase.Halted)), "an end takes the place of the oldest one");
        Assert.That(Add(state, state with { Phase = TrafficPhase.Preparing }).Outbox, Is.EqualTo(state.Outbox), "and not of a newer one that is no end");
    }

    private static TrafficState Add(TrafficState? before, TrafficState next) => TrafficOutbox.Add(before, next, "main", Now);
}
