using Slipway.Automation.Retraining;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Retraining;

namespace Slipway.Automation.Tests.Retraining;

public sealed class RetrainPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly KeptDataset Dataset = new("datasets/pumps/may.csv", "v2", Now.AddHours(-1));
    private static readonly RetrainSpec Spec = new([RetrainKind.Drift]);

    [Test]
    public void WithoutACauseADatasetIsKept()
    {
        var next = Decide(null, dataset: Dataset);

        Assert.That((next.Phase, next.Kept, RetrainPolicy.Pending(next)), Is.EqualTo((RetrainPhase.WaitsForCause, Dataset, (RetrainStart?)null)));
        Assert.That(next.Sentence, Does.Contain("'datasets/pumps/may.csv' is kept"));
    }

    [Test]
    public void CauseAndADatasetStartATraining()
    {
        var next = Decide(null, Cause("a"), Dataset);

        Assert.That(RetrainPolicy.Pending(next), Is.EqualTo(new RetrainStart(Cause("a"), Dataset, Now)));
        Assert.That((next.Phase, next.Cause), Is.EqualTo((RetrainPhase.Trains, (RetrainCause?)null)), "the training answers the cause");
    }

    [Test]
    public void CauseWithoutADatasetWaitsForDataAndStartsWithTheNextOne()
    {
        var waits = Decide(null, Cause("a"));
        var starts = Decide(waits, found: null, Dataset);

        Assert.That((waits.Phase, waits.Cause), Is.EqualTo((RetrainPhase.WaitsForData, Cause("a"))));
        Assert.That(RetrainPolicy.Pending(starts)!.Cause, Is.EqualTo(Cause("a")), "although no later record says so again");
    }

    [Test]
    public void CauseThatWasAnsweredStartsNothing() =>
        Assert.That(Decide(Trained(hoursAgo: 100), Cause("a"), Dataset).Phase, Is.EqualTo(RetrainPhase.WaitsForCause));

    [Test]
    public void CauseOfAnotherVersionStartsNothing()
    {
        var waits = Decide(null, Cause("a"));

        Assert.That(Decide(waits, found: null, Dataset, serves: 2).Phase, Is.EqualTo(RetrainPhase.WaitsForCause), "the version that it was found of is gone");
        Assert.That(Decide(null, Cause("b"), Dataset, serves: 2).Phase, Is.EqualTo(RetrainPhase.WaitsForCause));
    }

    [Test]
    public void CauseThatTheModelDoesNotListStartsNothing() =>
        Assert.That(Decide(null, Cause("a", RetrainKind.Accuracy), Dataset).Phase, Is.EqualTo(RetrainPhase.WaitsForCause));

    [TestCase(23, RetrainPhase.CoolsDown), TestCase(24, RetrainPhase.Trains)]
    public void NextCauseWaitsForTheCooldown(int hoursAgo, RetrainPhase phase)
    {
        var next = Decide(Trained(hoursAgo), Cause("b"), Dataset);

        Assert.That(next.Phase, Is.EqualTo(phase));
        Assert.That(next.Starts, Has.Count.EqualTo(phase == RetrainPhase.Trains ? 2 : 1));
        Assert.That(next.Cause, Is.EqualTo(phase == RetrainPhase.Trains ? null : Cause("b")));
        if (phase == RetrainPhase.CoolsDown)
            Assert.That(next.Sentence, Does.Contain("not trained before 2026-01-02 13:00 UTC"));
    }

    [TestCase(1, RetrainPhase.CoolsDown), TestCase(2, RetrainPhase.CoolsDown), TestCase(3, RetrainPhase.Trains)]
    public void NoMoreThanAllowedStartWithinADay(int perDay, RetrainPhase phase)
    {
        var spec = Spec with { Cooldown = "00:00:00", PerDay = perDay };
        var state = Trained(2) with { Starts = [Start("a", hoursAgo: 20), Start("b", hoursAgo: 2)] };

        Assert.That(Decide(state, Cause("c"), Dataset, spec: spec).Phase, Is.EqualTo(phase));
    }

    [Test]
    public void DayIsTheLast24Hours()
    {
        var spec = Spec with { Cooldown = "00:00:00", PerDay = 2 };
        var state = Trained(2) with { Starts = [Start("a", hoursAgo: 24), Start("b", hoursAgo: 2)] };

        Assert.That(Decide(state, Cause("c"), Dataset, spec: spec).Phase, Is.EqualTo(RetrainPhase.Trains));
    }

    [Test]
    public void NothingStartsWhileATrainingRuns()
    {
        var next = Decide(Trained(hoursAgo: 100), Cause("b"), Dataset, isTraining: true);

        Assert.That((next.Phase, next.Cause, next.Starts.Count), Is.EqualTo((RetrainPhase.Trains, Cause("b"), 1)), "the cause is remembered, because the training may change nothing");
    }

    [Test]
    public void StartThatIsPendingIsCompletedBeforeAnythingElse()
    {
        var pending = Decide(null, Cause("a"), Dataset);

        Assert.That(Decide(pending, Cause("b"), Dataset with { Version = "v3" }, serves: 2), Is.SameAs(pending));
    }

    [Test]
    public void StartThatIsImpossibleLeavesItsCause()
    {
        var after = RetrainPolicy.Abandoned(Decide(null, Cause("a"), Dataset), Now);

        Assert.That((after.Phase, after.Cause, after.Starts.Count), Is.EqualTo((RetrainPhase.WaitsForData, Cause("a"), 0)));
        Assert.That(RetrainPolicy.Pending(Decide(after, found: null, Dataset with { Version = "v3" }))!.Dataset.Version, Is.EqualTo("v3"));
    }

    [Test]
    public void ClockThatWasAheadDelaysNothingByMoreThanTheCooldown()
    {
        var next = Decide(Trained(hoursAgo: -24 * 365), Cause("b"), Dataset);

        Assert.That(next.Phase, Is.EqualTo(RetrainPhase.CoolsDown));
        Assert.That(Decide(next, found: null, Dataset, now: Now.AddDays(1)).Phase, Is.EqualTo(RetrainPhase.Trains));
    }

    [Test]
    public void StateDoesNotGrow()
    {
        RetrainState? state = null;
        for (var i = 0; i < 500; i++)
        {
            state = Decide(state, Cause($"cause {i}"), Dataset, now: Now.AddDays(i));
            state = RetrainPolicy.Started(state, "pumps-0123456789ab-a1");
        }

        Assert.That(state!.Starts, Has.Count.LessThan(60));
    }

    [Test]
    public void SamePhaseIsTheSameStateSoThatALookWritesNothing()
    {
        var first = Decide(null, dataset: Dataset);

        Assert.That(Decide(first, dataset: Dataset, now: Now.AddHours(1)), Is.EqualTo(first with { Starts = [] }).Using<RetrainState, RetrainState>((left, right) =>
            (left with { Starts = right.Starts }) == right));
    }

    private static RetrainState Decide(
        RetrainState? state, RetrainCause? found = null, KeptDataset? dataset = null, int serves = 1, bool isTraining = false, RetrainSpec? spec = null, DateTimeOffset? now = null) =>
        RetrainPolicy.Decide(state, new(spec ?? Spec, serves, found, dataset, isTraining, now ?? Now));

    private static RetrainCause Cause(string key, RetrainKind kind = RetrainKind.Drift) => new(kind.Word(), key, "torque has drifted", 1);

    private static RetrainStart Start(string key, double hoursAgo) => new(Cause(key), Dataset with { Version = key }, Now.AddHours(-hoursAgo), "pumps-0123456789ab-a1");

    private static RetrainState Trained(double hoursAgo) =>
        new(RetrainPhase.WaitsForCause, "Nothing asks for it.", Now.AddHours(-hoursAgo), null, null, [Start("a", hoursAgo)]);
}
