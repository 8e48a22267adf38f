using Slipway.Gateway.Rollouts;
using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Tests.Rollouts;

public class ObservationPolicyTests
{
    private static RolloutObservation Good { get; } = new(
        "r12", "main-2", 7, new([new(10, new(Answered: 5, Errors: 1), new(Answered: 50))]), new(Compared: 3),
        new(new Dictionary<int, long> { [100] = 6 }), new(new Dictionary<int, long> { [90] = 50 }), [new("p1", RolloutCheck.Errors, "Errors", 10, "green-1", default)]);

    [Test]
    public void AGoodOneCounts() => Assert.That(Problem(Good), Is.Null);

    private static IEnumerable<TestCaseData> Bad()
    {
        yield return new TestCaseData(Good with { Holder = "main-3" }, "another process, 'main-3'").SetName("OfAnotherProcess");
        yield return new TestCaseData(Good with { Rollout = "r11" }, "rollout 'r11' and not to r12").SetName("OfAnEarlierRollout");
        yield return new TestCaseData(Good with { Rollout = "r13" }, "rollout 'r13'").SetName("FromTheFuture");
        yield return new TestCaseData(Good with { Rollout = new string('r', 5000) }, "rrr...'").SetName("OfARolloutWithALongName");
        yield return Impossible("ANegativeCount", Good with { Counts = new([new(10, new(Answered: -1), ArmCounts.None)]) });
        yield return Impossible("ACountThatWouldOverflow", Good with { Counts = new([new(10, ArmCounts.None, new(Slow: long.MaxValue))]) });
        yield return Impossible("AShareThatCannotBe", Good with { Counts = new([new(101, ArmCounts.None, ArmCounts.None)]) });
        yield return Impossible("AShareTwice", Good with { Counts = new([new(10, ArmCounts.None, ArmCounts.None), new(10, ArmCounts.None, ArmCounts.None)]) });
        yield return Impossible("AHoleInTheList", Good with { Counts = new([null!]) });
        yield return Impossible("ABucketThatIsNone", Good with { CandidateLatencies = new(new Dictionary<int, long> { [100_000] = 1 }) });
        yield return Impossible("ANegativeBucket", Good with { StableLatencies = new(new Dictionary<int, long> { [1] = -1 }) });
        yield return Impossible("TooManyBadAttempts", Good with { Bad = [.. Enumerable.Repeat(Good.Bad[0], 21)] });
        yield return Impossible("NegativeShadows", Good with { Shadow = new(Failed: -1) });
    }

    private static TestCaseData Impossible(string name, RolloutObservation observation) => new TestCaseData(observation, "impossible").SetName(name);

    [TestCaseSource(nameof(Bad))]
    public void ABadOneDoesNot(RolloutObservation observation, string problem) => Assert.That(Problem(observation), Does.Contain(problem));

    [Test]
    public void TotalsNeverFall()
    {
        var more = Good with { Counts = Good.Counts.Plus(Good.Counts) };
        Assert.That(Problem(Good, before: more), Does.Contain("fewer"));
        Assert.That(Problem(more, before: Good), Is.Null);
        Assert.That(Problem(Good, before: more with { Rollout = "r11" }), Is.Null, "another rollout began at zero");
    }

    [TestCase("r11", "r12", true)]
    [TestCase("r9", "r12", true)]
    [TestCase("r12", "r12", false)]
    [TestCase("r13", "r12", false)]
    [TestCase("x1", "r12", false)]
    [TestCase("r-1", "r12", false)]
    public void OnlyAnEarlierRolloutHasEnded(string rollout, string than, bool isEarlier) =>
        Assert.That(ObservationPolicy.IsEarlier(rollout, than), Is.EqualTo(isEarlier));

    private static string? Problem(RolloutObservation observation, RolloutObservation? before = null) =>
        ObservationPolicy.Problem(observation, "r12", "main-2", before);
}
