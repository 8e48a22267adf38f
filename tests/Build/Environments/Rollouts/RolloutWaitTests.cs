using Slipway.Automation.Traffic;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Rollouts;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Tests.Environments.Rollouts;

public sealed class RolloutWaitTests
{
    private readonly StringWriter _output = new();
    private LocalFolderFixture _fixture = null!;
    private DirectoryObjectStore _store = null!;

    [SetUp]
    public void SetUp()
    {
        _fixture = new();
        _store = new(_fixture.Folders.Store);
    }

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task EndsWithTheRollout()
    {
        await WriteAsync(Rollouts.State(TrafficPhase.Progressing));
        var waiting = WaitAsync(TimeSpan.FromMinutes(1));
        await WriteAsync(Rollouts.State(TrafficPhase.RolledBack, verdict: Rollouts.Fails, revision: 2) with { Lease = new("main-1", 2) });

        Assert.That((await waiting).Result, Is.EqualTo(RolloutResult.RolledBack));
        Assert.That(_output.ToString(), Does.Contain("rolled back: the reason"));
    }

    [Test]
    public async Task GatewayThatFallsSilentIsNamed()
    {
        await WriteAsync(Rollouts.State(TrafficPhase.Progressing));

        Assert.That(() => WaitAsync(TimeSpan.FromMilliseconds(50)), Throws.TypeOf<SlipwayException>().With.Message.Contains("so rollout r2 stands still").And.Message.Contains("waits for it again"));
    }

    // in the order in which gateways come to them
    [TestCase(TrafficPhase.Progressing, 1, null)]
    [TestCase(TrafficPhase.Promoted, 1, null, Description = "the rollout before")]
    [TestCase(TrafficPhase.Promoted, 2, RolloutResult.Promoted)]
    [TestCase(TrafficPhase.Promoted, 3, RolloutResult.Promoted, Description = "a promotion is a request of its own")]
    [TestCase(TrafficPhase.RolledBack, 3, RolloutResult.RolledBack, Description = "so is a rollback")]
    [TestCase(TrafficPhase.Halted, 2, RolloutResult.Halted)]
    [TestCase(TrafficPhase.Idle, 2, RolloutResult.Replaced)]
    [TestCase(TrafficPhase.Unknown, 2, null)]
    public void EndIsAPropertyOfThePhase(TrafficPhase phase, int revision, RolloutResult? result) =>
        Assert.That(RolloutEnd.Of(Rollouts.Desired, Rollouts.State(phase, revision: revision))?.Result, Is.EqualTo(result));

    [Test]
    public void GatewayThatReadsNoPlansHasPromoted() =>
        Assert.That(
            RolloutEnd.Of(Rollouts.Desired, Rollouts.State(TrafficPhase.Promoted, revision: 2) with { Rollout = null })?.Result, Is.EqualTo(RolloutResult.Promoted));

    [Test]
    public void TrafficThatWentElsewhereHasReplacedTheRollout() => Assert.That(
        RolloutEnd.Of(Rollouts.Desired, Rollouts.State(TrafficPhase.Promoted, revision: 3) with { Rollout = null, Live = Color.Blue })?.Result, Is.EqualTo(RolloutResult.Replaced));

    private Task<RolloutEnd> WaitAsync(TimeSpan timeout) => new PlainReport(_output, new Outcome(), TimeProvider.System).StepAsync("Roll out", step =>
        new RolloutWait(new DesiredTrafficStore(_store, "main", TimeProvider.System), timeout, TimeSpan.FromMilliseconds(5), "", TimeProvider.System)
            .UntilEndedAsync(Rollouts.Desired, step, default));

    private Task WriteAsync(TrafficState state) => _store.WriteAsync(StoreKeys.TrafficState("main"), state, RegistryJson.Default.TrafficState, PutCondition.None);
}
