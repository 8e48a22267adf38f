using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Slipway.Gateway.Rollouts;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Rollouts;

public class RolloutCounterTests
{
    private readonly FakeTimeProvider _time = new();
    private TickSignal _signal = null!;
    private RolloutCounter _counter = null!;

    [SetUp]
    public void SetUp() => _counter = new(_signal = new(), _time, NullLogger<RolloutCounter>.Instance);

    [Test]
    public void CountsByShareAndColorAndOutcome()
    {
        Follow(10);
        for (var i = 0; i < 3; i++)
            Count(10, Color.Blue, AttemptOutcome.Answered);
        Count(10, Color.Green, AttemptOutcome.Errors);
        Follow(50);
        Count(50, Color.Green, AttemptOutcome.Slow);
        Count(50, Color.Blue, AttemptOutcome.GaveUp);
        Count(10, Color.Green, AttemptOutcome.NotFinite);
        Assert.That(_counter.Snapshot()!.Counts().Shares, Is.EqualTo(new ShareCounts[]
        {
            new(10, new(Errors: 1, NotFinite: 1), new(Answered: 3)),
            new(50, new(Slow: 1), new(GaveUp: 1)),
        }));
    }

    [Test]
    public void EveryOutcomeHasItsPlace()
    {
        Follow(10);
        foreach (var (outcome, times) in Enum.GetValues<AttemptOutcome>().Select((outcome, i) => (outcome, i + 1)))
            for (var i = 0; i < times; i++)
                Count(10, Color.Green, outcome);
        Assert.That(_counter.Snapshot()!.Counts().Shares.Single().Candidate, Is.EqualTo(new ArmCounts(1, 2, 3, 4, 5, 6, 7, 8)));
    }

    [Test]
    public void CountsNothingBeforeARolloutRuns()
    {
        Count(10, Color.Green, AttemptOutcome.Errors);
        Assert.That(_counter.Snapshot(), Is.Null);
    }

    [Test]
    public void AnotherRolloutBeginsAtZeroAndIgnoresTheAttemptsOfTheLast()
    {
        Follow(10);
        Count(10, Color.Green, AttemptOutcome.Errors);
        _counter.Follow(Plans.Running(10, Plans.Plan("r2")));
        Count(10, Color.Green, AttemptOutcome.Errors);
        Assert.That((_counter.Snapshot()!.Rollout, _counter.Snapshot()!.Counts().Shares.Count), Is.EqualTo(("r2", 0)));
    }

    [Test]
    public void TheCountsStayWhenTheRolloutHasEnded()
    {
        Follow(10);
        Count(10, Color.Green, AttemptOutcome.Errors);
        _counter.Follow(Plans.Running(0, phase: TrafficPhase.RolledBack));
        Count(10, Color.Green, AttemptOutcome.Errors);
        Assert.That(_counter.Snapshot()!.Counts().CandidateRequests, Is.EqualTo(2));
    }

    [Test]
    public void AStickyCallerEntersOnceWithItsFirstBadAttempt()
    {
        Follow(10);
        for (var i = 0; i < 5; i++)
        {
            Count(10, Color.Green, AttemptOutcome.Errors, sticky: 0.25);
            Count(10, Color.Green, AttemptOutcome.Slow, sticky: 0.25);
            Count(10, Color.Green, AttemptOutcome.Answered, sticky: 0.25);
            Count(10, Color.Green, AttemptOutcome.Errors, sticky: 0.5);
        }
        Assert.That(_counter.Snapshot()!.Counts().Shares.Single().Candidate, Is.EqualTo(new ArmCounts(Answered: 5, Errors: 2)));
    }

    [Test]
    public void RemembersABoundedNumberOfStickyCallers()
    {
        var callers = new StickyCallers();
        Assert.That(Enumerable.Range(0, StickyCallers.MaxCallers + 10).Count(i => callers.TryAdd(i)), Is.EqualTo(StickyCallers.MaxCallers));
    }

    [Test]
    public void KeepsTheLastBadAttemptsOnTheCandidateThatCanBeFound()
    {
        Follow(10);
        for (var i = 0; i < 2 * BadAttempts.Max; i++)
            Count(10, Color.Green, AttemptOutcome.Errors, id: new($"p{i}", IsLogged: true, "green-1"));
        Count(10, Color.Blue, AttemptOutcome.Errors, id: new("of stable", IsLogged: true, "blue-1"));
        var bad = _counter.Snapshot()!.Bad.Last();
        Assert.That(bad.Select(attempt => attempt.Id), Is.EqualTo(Enumerable.Range(BadAttempts.Max, BadAttempts.Max).Select(i => $"p{i}")));
        Assert.That(bad[0], Is.EqualTo(new BadAttempt("p20", RolloutCheck.Errors, "Errors", 10, "green-1", _time.GetUtcNow())));
    }

    [Test]
    public void NamesNoMoreIdsThanItLogs()
    {
        Follow(10);
        for (var i = 0; i < 100; i++)
            Count(10, Color.Green, AttemptOutcome.Errors, id: new($"t{i}", IsLogged: false, "green-1"));
        Assert.That(_counter.Snapshot()!.Bad.Last()[^1].Id, Is.EqualTo($"t{BadAttempts.Max - 1}"));
        _time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 100; i < 200; i++)
            Count(10, Color.Green, AttemptOutcome.Errors, id: new($"t{i}", IsLogged: false, "green-1"));
        Assert.That(_counter.Snapshot()!.Bad.Last()[^1].Id, Is.EqualTo("t109"), "ten a second");
        Assert.That(_counter.Snapshot()!.Counts().CandidateRequests, Is.EqualTo(200));
    }

    [TestCase(AttemptOutcome.Errors, Color.Green, true)]
    [TestCase(AttemptOutcome.Slow, Color.Green, true)]
    [TestCase(AttemptOutcome.Answered, Color.Green, false)]
    [TestCase(AttemptOutcome.Errors, Color.Blue, false)]
    public void WakesTheControllerForABadAttemptOnTheCandidate(AttemptOutcome outcome, Color color, bool wakes)
    {
        Follow(10);
        var waiting = _signal.WaitAsync(TimeSpan.FromHours(1), TimeProvider.System, default);
        Count(10, color, outcome);
        if (wakes)
            Assert.That(async () => await waiting.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System), Throws.Nothing);
        else
            Assert.That(waiting.IsCompleted, Is.False);
    }

    [Test]
    public void GoodAttemptsAllocateNothing()
    {
        Follow(10);
        var attempt = new CountedAttempt(Plans.Running(10).Rollout!, 10, Color.Green, AttemptOutcome.Answered, 1234, null, null);
        for (var i = 0; i < 1000; i++)
            _counter.Attempted(attempt);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            _counter.Attempted(attempt);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void LosesNothingToRequestsAtTheSameTime()
    {
        Follow(10);
        Parallel.For(0, 100_000, i => Count(i % 3, i % 2 == 0 ? Color.Green : Color.Blue, AttemptOutcome.Answered));
        var counts = _counter.Snapshot()!.Counts();
        Assert.That((counts.CandidateRequests, counts.StableRequests), Is.EqualTo((50_000, 50_000)));
    }

    [Test]
    public void KeepsLatenciesOfAnswersAlone()
    {
        Follow(10);
        Count(10, Color.Green, AttemptOutcome.Answered, microseconds: 1000);
        Count(10, Color.Green, AttemptOutcome.Slow, microseconds: 1000);
        Count(10, Color.Green, AttemptOutcome.Errors, microseconds: 1000);
        Count(10, Color.Blue, AttemptOutcome.Answered, microseconds: 2);
        var tally = _counter.Snapshot()!;
        Assert.That(tally.CandidateLatencies().Buckets.Values, Is.EqualTo(new[] { 2 }));
        Assert.That(tally.StableLatencies().Buckets, Is.EqualTo(new Dictionary<int, long> { [2] = 1 }));
    }

    [Test]
    public void AShareThatCannotBeIsIgnored([Values(-1, 101, int.MaxValue)] int share)
    {
        Follow(10);
        Count(share, Color.Green, AttemptOutcome.Errors);
        Assert.That(_counter.Snapshot()!.Counts().Shares, Is.Empty);
    }

    private void Follow(int share) => _counter.Follow(Plans.Running(share));

    private void Count(int share, Color color, AttemptOutcome outcome, double? sticky = null, AttemptId? id = null, long? microseconds = null) =>
        _counter.Attempted(new(Plans.Running(share).Rollout!, share, color, outcome, microseconds, sticky, id));
}
