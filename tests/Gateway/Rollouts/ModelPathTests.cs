using Microsoft.AspNetCore.Http;
using Slipway.Gateway.Rollouts;
using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Rollouts;

public class ModelPathTests
{
    [TestCase("/v2/models/m/infer", true)]
    [TestCase("/v2/models/m/versions/3/infer", true)]
    [TestCase("/V2/Models/m/infer", true)]
    [TestCase("/v2/models/m", false)]
    [TestCase("/v2/models/mm/infer", false)]
    [TestCase("/v2/models/M/infer", false)]
    [TestCase("/v2/models/", false)]
    [TestCase("/v2/models", false)]
    [TestCase("/v2/health/ready", false)]
    [TestCase("/invocations", false)]
    [TestCase("", false)]
    public void KnowsARequestToItsModel(string path, bool isIt) => Assert.That(ModelPath.IsOf(path, "m"), Is.EqualTo(isIt));

    [TestCase("/v2/models/m/infer", "m")]
    [TestCase("/v2/models/m", "m")]
    [TestCase("/invocations", "")]
    public void NamesTheModelOfAPath(string path, string model) => Assert.That(ModelPath.Of(path).ToString(), Is.EqualTo(model));

    [TestCase("/v2/models/m/infer", 30, true)]
    [TestCase("/v2/models/other/infer", 0, false)]
    [TestCase("/invocations", 0, false)]
    public void AModelsRolloutMovesItsRequestsAlone(string path, int green, bool isCounted)
    {
        var split = RunningRollout.SplitOf(Plans.Running(30, Plans.Plan(model: "m")), path, out var rollout);
        Assert.That((split!.Green, rollout is not null), Is.EqualTo((green, isCounted)));
    }

    [Test]
    public void AReleasesRolloutMovesAllRequests()
    {
        var split = RunningRollout.SplitOf(Plans.Running(30), "/invocations", out var rollout);
        Assert.That((split!.Green, rollout is not null), Is.EqualTo((30, true)));
    }

    [TestCase(TrafficPhase.Idle, false)]
    [TestCase(TrafficPhase.Preparing, true)]
    [TestCase(TrafficPhase.Progressing, true)]
    [TestCase(TrafficPhase.Baking, true)]
    [TestCase(TrafficPhase.Promoted, false)]
    [TestCase(TrafficPhase.RolledBack, false)]
    [TestCase(TrafficPhase.Halted, false)]
    [TestCase(TrafficPhase.Unknown, false)]
    public void OnlyARolloutThatRunsIsCounted(TrafficPhase phase, bool isCounted)
    {
        RunningRollout.SplitOf(Plans.Running(30, phase: phase), "/v2/models/m/infer", out var rollout);
        Assert.That(rollout is not null, Is.EqualTo(isCounted));
    }

    [Test]
    public void ChoosingTheSplitAllocatesNothing([Values] bool isRunning, [Values(null, "m")] string? model)
    {
        var state = Plans.Running(30, Plans.Plan(model: model), isRunning ? TrafficPhase.Progressing : TrafficPhase.RolledBack);
        PathString path = "/v2/models/other/infer";
        for (var i = 0; i < 1000; i++)
            RunningRollout.SplitOf(state, path, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            RunningRollout.SplitOf(state, path, out _);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void AModelThatWasPromotedStaysWhereItIsUntilTheOtherPointerFollows()
    {
        var promoted = Plans.Running(100, Plans.Plan(model: "m"), TrafficPhase.Promoted);
        Assert.That(RunningRollout.SplitOf(promoted, "/v2/models/m/infer", out var rollout), Is.EqualTo(TrafficSplit.All(Color.Green)));
        Assert.That(rollout, Is.Null);
    }
}
