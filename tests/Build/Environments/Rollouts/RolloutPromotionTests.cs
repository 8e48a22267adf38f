using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Rollbacks;
using Slipway.Build.Environments.Rollouts;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Tests.Environments.Rollouts;

/// <summary>What a person does about a rollout of a release that runs, or has ended.</summary>
public sealed class RolloutPromotionTests
{
    private readonly StringWriter _output = new();
    private LocalFolderFixture _fixture = null!;
    private EnvironmentDouble _environment = null!;

    [SetUp]
    public async Task BeginARollout()
    {
        _fixture = new();
        _environment = new(_fixture.Folders) { Rolled = asked => Rollouts.State(TrafficPhase.Promoted, revision: asked.Revision) };
        await _environment.Traffic.RequestAsync(Color.Blue, TrafficAction.Deploy, "release-1", "ann", "first", default);
        await ReachesAsync(Rollouts.State(TrafficPhase.Promoted) with { Rollout = null, Live = Color.Blue });
        await _environment.Traffic.RequestAsync(Color.Green, TrafficAction.Deploy, "release-2", "ann", "second", default, Rollouts.Plan);
        await ReachesAsync(Rollouts.State(TrafficPhase.Progressing));
    }

    [TearDown]
    public void Stop() => _fixture.Dispose();

    [Test]
    public async Task PromotionCompletesARolloutThatRuns()
    {
        Assert.That(await Promotion().PromoteAsync(default), Is.EqualTo("Rollout r2 of release release-2 was promoted: green has all its requests."));

        Assert.That(_environment.Steps, Is.EqualTo(new[] { "roll out r2", "scale in blue" }));
        Assert.That(await _environment.Traffic.ReadAsync(default), Has.Property("Action").EqualTo(TrafficAction.Promote).And.Property("By").EqualTo("bob"));
    }

    [Test]
    public async Task PromotionCompletesARolloutThatWasHalted()
    {
        await ReachesAsync(Rollouts.State(TrafficPhase.Halted, revision: 2));

        Assert.That(await Promotion().PromoteAsync(default), Does.Contain("although it had been halted"));
    }

    [TestCase(TrafficPhase.RolledBack, "was rolled back, so it cannot be promoted: the reason. To roll it out again: ./build.sh --target=Deploy --retry --environment=shore")]
    [TestCase(TrafficPhase.Promoted, "There is nothing left to promote.")]
    public async Task PromotionOfARolloutThatHasEndedIsRefused(TrafficPhase phase, string why)
    {
        await ReachesAsync(Rollouts.State(phase, revision: 2));

        Assert.That(() => Promotion().PromoteAsync(default), Throws.TypeOf<SlipwayException>().With.Message.Contains(why));
    }

    [Test]
    public async Task PromotionWithoutARolloutSaysWhatBeginsOne()
    {
        await ReachesAsync(Rollouts.State(TrafficPhase.Promoted, revision: 2) with { Rollout = null });

        Assert.That(() => Promotion().PromoteAsync(default), Throws.TypeOf<SlipwayException>().With.Message.Contains("--target=Deploy --environment=shore begins one"));
    }

    [Test]
    public async Task ApprovalIsOfTheNextStepThatNeedsOne()
    {
        Assert.That(await Promotion().ApproveAsync(default), Is.EqualTo("Approved 50 % of requests for rollout r2 of release release-2."));
        Assert.That(await _environment.Traffic.ReadAsync(default), Has.Property("ApprovedStep").EqualTo(1).And.Property("Action").EqualTo(TrafficAction.Deploy));
    }

    [Test]
    public async Task ApprovalThatNothingWaitsForIsRefused()
    {
        await Promotion().ApproveAsync(default);

        Assert.That(() => Promotion().ApproveAsync(default), Throws.TypeOf<SlipwayException>().With.Message.StartsWith("Rollout r2 waits for no approval"));
    }

    [TestCase(true), TestCase(false)]
    public async Task RollbackTakesARolloutBackThatRunsOrWasHalted(bool runs)
    {
        if (!runs)
            await ReachesAsync(Rollouts.State(TrafficPhase.Halted, revision: 2));

        Assert.That(await Rollback().LastChangeAsync(model: null, default), Is.EqualTo("Rollout r2 of release release-2 was taken back: all its requests are on blue."));
        Assert.That(_environment.Steps, Is.EqualTo(new[] { "traffic 3", "scale in green" }));
        Assert.That(await _environment.Traffic.ReadAsync(default), Has.Property("Action").EqualTo(TrafficAction.Rollback).And.Property("Color").EqualTo(Color.Blue).And.Property("Reason").EqualTo("slow"));
    }

    [Test]
    public async Task RolloutThatMovedNothingIsNotRolledBack()
    {
        await ReachesAsync(Rollouts.State(TrafficPhase.RolledBack, revision: 2));

        Assert.That(() => Rollback().LastMoveAsync(default), Throws.TypeOf<SlipwayException>().With.Message.StartsWith("There is no traffic move to roll back"));
    }

    private RolloutPromotion Promotion() => new(_environment, Report(), "bob", "it is urgent");

    private EnvironmentRollback Rollback() => new(_environment, Report(), "bob", "slow");

    private PlainReport Report() => new(_output, new Outcome(), TimeProvider.System);

    private Task ReachesAsync(TrafficState state) => _environment.Store.WriteAsync(
        StoreKeys.TrafficState("main"), state, RegistryJson.Default.TrafficState, PutCondition.None);
}
