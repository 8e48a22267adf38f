using Slipway.Registry.Rollouts;
using static Slipway.Registry.Tests.Rollouts.SampleRollouts;

namespace Slipway.Registry.Tests.Rollouts;

public sealed class RolloutPlanReaderTests
{
    [Test]
    public void AcceptsPlansOfReleasesAndModels()
    {
        Assert.That(RolloutPlanReader.Problems(Plan), Is.Empty);
        Assert.That(RolloutPlanReader.Problems(ModelPlan), Is.Empty);
        Assert.That(RolloutPlanReader.Problems(Plan with { Hold = TimeSpan.Zero, BakeTime = TimeSpan.Zero, Probes = true, Shadow = 100, Servers = 2 }), Is.Empty);
    }

    private static readonly TestCaseData[] Wrong =
    [
        Case("'id' is 'R 2'", Plan with { Id = "R 2" }),
        Case("'id' is '../x'", Plan with { Id = "../x" }),
        Case("'id' is ''", Plan with { Id = "" }),
        Case("'model' is 'No Model'", ModelPlan with { Model = "No Model" }),
        Case("'version' is missing", ModelPlan with { Version = null }),
        Case("'version' is 0", ModelPlan with { Version = 0 }),
        Case("'version' is 7 although 'model' is missing", Plan with { Version = 7 }),
        Case("'digest' is empty", Plan with { Digest = " " }),
        Case("'steps' has 0 steps", Plan with { Steps = [] }),
        Case("'steps' has 51 steps", Plan with { Steps = [.. Enumerable.Range(1, 51).Select(share => new RolloutStep(share))], Hold = TimeSpan.FromSeconds(1) }),
        Case("'steps[1].share' is 5", Plan with { Steps = [new(10), new(5), new(20)] }),
        Case("'steps[1].share' is 10", Plan with { Steps = [new(10), new(10)] }),
        Case("'steps[0].share' is 0", Plan with { Steps = [new(0)] }),
        Case("'steps[0].share' is -5", Plan with { Steps = [new(-5)] }),
        Case("'bake.share' is 100", Plan with { Bake = new(100) }),
        Case("'bake.share' is 50", Plan with { Bake = new(50) }),
        Case("'bake.share' is 25", Plan with { Bake = new(25) }),
        Case("'hold' is -00:00:01", Plan with { Hold = TimeSpan.FromSeconds(-1) }),
        Case("'bakeTime' is -00:00:01", Plan with { BakeTime = TimeSpan.FromSeconds(-1) }),
        Case("'deadline' is 00:00:00", Plan with { Deadline = TimeSpan.Zero, Hold = TimeSpan.FromSeconds(-1) }, problems: 2),
        Case("'deadline' is 31.00:00:00", Plan with { Deadline = TimeSpan.FromDays(31) }),
        Case("'deadline' is 00:04:00", Plan with { Deadline = TimeSpan.FromMinutes(4) }),
        Case("'deadline' is 00:30:00", Plan with { Hold = TimeSpan.MaxValue }),
        Case("'minRequests' is 0", Plan with { MinRequests = 0 }),
        Case("'minRequests' is -1", Plan with { MinRequests = -1 }),
        Case("'minRequests' is 9000000000", Plan with { MinRequests = 9_000_000_000 }),
        Case("'servers' is 0", Plan with { Servers = 0 }),
        Case("'shadow' is 101", Plan with { Shadow = 101 }),
        Case("'bounds.tolerance' is 0.9", Plan with { Bounds = new(Tolerance: 0.9) }),
        Case("'bounds.tolerance' is NaN", Plan with { Bounds = new(Tolerance: double.NaN) }, problems: 2),
        Case("'bounds.passRatio' is 1.5", Plan with { Bounds = new(Tolerance: 1.5, PassRatio: 1.5) }),
        Case("'bounds.maxBadRate' is 0", Plan with { Bounds = new(MaxBadRate: 0) }),
        Case("'bounds.maxBadRate' is 1", Plan with { Bounds = new(MaxBadRate: 1) }),
        Case("'bounds.failAlpha' is 0.5", Plan with { Bounds = new(FailAlpha: 0.5) }),
        Case("'bounds.passAlpha' is 0", Plan with { Bounds = new(PassAlpha: 0) }),
        Case("'bounds.slowMilliseconds' is 0", Plan with { Bounds = new(SlowMilliseconds: 0) }),
    ];

    [TestCaseSource(nameof(Wrong))]
    public void NamesTheMemberItsValueAndWhatIsExpected(string problem, RolloutPlan plan, int problems)
    {
        var found = RolloutPlanReader.Problems(plan);

        Assert.That(found, Has.Count.EqualTo(problems));
        Assert.That(found, Has.Some.StartsWith(problem));
        Assert.That(found, Has.All.Contains("expected").And.All.EndsWith("."));
    }

    [Test]
    public void ReportsAllProblemsAtOnce() =>
        Assert.That(
            RolloutPlanReader.Problems(Plan with { Steps = [new(50), new(5)], Bake = new(120), MinRequests = 0, Bounds = new(Tolerance: 0, FailAlpha: 2) }),
            Has.Count.EqualTo(5));

    [Test]
    public void SaysHowLongARolloutTakesAtLeast() =>
        Assert.That(RolloutPlanReader.Problems(Plan with { Deadline = TimeSpan.FromMinutes(4) }).Single(), Is.EqualTo(
            "'deadline' is 00:04:00; expected more than the 240 s of 4 times 'hold' (00:00:30) and 'bakeTime' (00:02:00), or every rollout is halted."));

    private static TestCaseData Case(string problem, RolloutPlan plan, int problems = 1) => new TestCaseData(problem, plan, problems).SetArgDisplayNames(problem);
}
