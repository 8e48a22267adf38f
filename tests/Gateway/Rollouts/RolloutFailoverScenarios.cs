using Microsoft.Extensions.Time.Testing;
using Slipway.Gateway.Rollouts;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Rollouts;

/// <summary>Several gateways before the same servers, and gateways that die.</summary>
public class RolloutFailoverScenarios
{
    private RolloutRun _run = null!;
    private GatewayFixture _gateway = null!;

    [SetUp]
    public async Task SetUp() => _gateway = (_run = await RolloutRun.StartAsync()).Gateway;

    [TearDown]
    public async Task TearDown() => await _run.DisposeAsync();

    [Test]
    public async Task TheAttemptsOnAllGatewaysDecideTogether()
    {
        await using var second = await SecondAsync();
        await _run.BeginAsync();
        await second.TickAsync();
        _run.Green.Behavior = Behavior.Fail;
        await _run.SendAsync(Color.Green, 3);
        await _gateway.TickAsync();
        await _run.ShouldBeAsync(TrafficPhase.Progressing, step: 0);

        await _run.SendAsync(second, Color.Green, 3);
        await second.TickAsync();
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("RolledBack Blue blue=100 green=0");
        Assert.That((await _run.StateAsync()).Rollout!.Verdict!.Counts.CandidateRequests, Is.EqualTo(6));
        await second.TickAsync();
        await second.ShouldBeAsync("RolledBack Blue blue=100 green=0");
    }

    [Test]
    public async Task AnotherHolderComesToTheSameDecision()
    {
        await using var second = await SecondAsync();
        await _run.BeginAsync();
        await second.TickAsync();
        _run.Green.Behavior = Behavior.Fail;
        await _run.SendAsync(Color.Green, 3);
        await _run.SendAsync(second, Color.Green, 1);
        await _gateway.TickAsync();
        var first = (await _run.StateAsync()).Lease.Holder;

        // silent from here on, as after kill -9
        _gateway.Store.IsAway = true;
        await _run.SendAsync(second, Color.Green, 2);
        _gateway.Time.Advance(_gateway.Options.LeaseTimeout);
        await second.TickAsync();
        await second.ShouldBeAsync("RolledBack Blue blue=100 green=0");
        var state = await second.StateAsync();
        Assert.That((state.Lease.Holder == first, state.Rollout!.Verdict!.Counts.CandidateRequests), Is.EqualTo((false, 6)));

        _gateway.Store.IsAway = false;
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("RolledBack Blue blue=100 green=0");
    }

    [Test]
    public async Task AFollowerMovesNothing()
    {
        await using var second = await SecondAsync();
        await _run.BeginAsync();
        await second.TickAsync();
        _run.Green.Behavior = Behavior.Fail;
        await _run.SendAsync(second, Color.Green, 8);
        await second.TickAsync();
        await second.ShouldBeAsync("Progressing Blue blue=90 green=10");
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("RolledBack Blue blue=100 green=0");
    }

    [TestCase(TrafficPhase.Preparing)]
    [TestCase(TrafficPhase.Progressing)]
    [TestCase(TrafficPhase.Baking)]
    public async Task AGatewayThatDiesContinuesWithItsCounts(TrafficPhase phase)
    {
        await _run.AskAsync();
        await _gateway.TickAsync();
        if (phase == TrafficPhase.Preparing)
            await KillAsync();
        await _gateway.TickAsync();
        await _run.ShouldBeAsync(TrafficPhase.Progressing, step: 0, share: 10);
        await _run.SendAsync(Color.Green, 19);
        await _gateway.TickAsync();
        if (phase == TrafficPhase.Progressing)
            await KillAsync();
        await _run.PassStepAsync(1);
        await _run.ShouldBeAsync(TrafficPhase.Progressing, step: 1, share: 50);
        await _run.PassStepAsync(60);
        await _run.ShouldBeAsync(TrafficPhase.Baking, step: 2, share: 90);
        await _run.SendAsync(Color.Green, 19);
        await _gateway.TickAsync();
        if (phase == TrafficPhase.Baking)
            await KillAsync();
        await _run.PassStepAsync(1);
        await _gateway.ShouldBeAsync("Promoted Green blue=0 green=100");
        Assert.That((await _run.RecordAsync()).Events[^1].Verdict!.Counts.CandidateRequests, Is.EqualTo(100));
        Assert.That((await _run.RecordAsync()).Events, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task AGatewayThatStopsWritesItsCountsFirst()
    {
        await _run.BeginAsync();
        _run.Green.Behavior = Behavior.Fail;
        await _run.SendAsync(Color.Green, 8);
        await _gateway.RestartAsync();
        await _gateway.ShouldBeAsync("RolledBack Blue blue=100 green=0");
    }

    [Test]
    public async Task TheTimeOfAStepGoesOnAfterARestartAndNotMeanwhile()
    {
        await _run.BeginAsync();
        await _run.SendAsync(Color.Green, 20);
        _gateway.Time.Advance(TimeSpan.FromSeconds(1.5));
        await _gateway.StopAsync();
        _gateway.Time.Advance(TimeSpan.FromHours(1));
        await _gateway.RestartAsync();
        await _run.ShouldBeAsync(TrafficPhase.Progressing, step: 0);
        _gateway.Time.Advance(TimeSpan.FromSeconds(0.5));
        await _gateway.TickAsync();
        await _run.ShouldBeAsync(TrafficPhase.Progressing, step: 1);
    }

    [Test]
    public async Task AClockThatJumpsPassesNoStep()
    {
        var clock = new JumpingClock();
        await using var run = await RolloutRun.StartAsync(clock);
        await run.BeginAsync();
        await run.SendAsync(Color.Green, 20);
        foreach (var jump in new[] { TimeSpan.FromDays(400), -TimeSpan.FromDays(400) })
        {
            clock.Ahead = jump;
            await run.Gateway.TickAsync();
            await run.ShouldBeAsync(TrafficPhase.Progressing, step: 0);
        }
    }

    [Test]
    public async Task WhileTheStoreIsAwayTheShareStaysAndWhatIsCountedMeanwhileDecidesAfterwards()
    {
        await _run.BeginAsync();
        _gateway.Store.IsAway = true;
        _run.Green.Behavior = Behavior.Fail;
        await _run.SendAsync(Color.Green, 8);
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("Progressing Blue blue=90 green=10");
        _gateway.Store.IsAway = false;
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("RolledBack Blue blue=100 green=0");
    }

    [Test]
    public async Task AnObservationThatIsTornOrForeignDecidesNothing()
    {
        await _run.BeginAsync();
        var forged = new RolloutObservation(
            "r9", "other", 1, new([new(10, new(Errors: 500), ArmCounts.None)]), ShadowCounts.None, LatencyCounts.None, LatencyCounts.None, []);
        await _gateway.Store.WriteAsync(StoreKeys.Observation("main", "other"), forged, RegistryJson.Default.RolloutObservation, PutCondition.None);
        await _gateway.Store.PutAsync(StoreKeys.Observation("main", "torn"), new MemoryStream("{\"rollout\""u8.ToArray()), PutCondition.None, default);
        await _gateway.TickAsync();
        await _run.ShouldBeAsync(TrafficPhase.Progressing, step: 0);
    }

    [Test]
    public async Task ARecordThatIsDamagedKeepsNoBadCandidateInTraffic()
    {
        await _run.BeginAsync();
        await _gateway.Store.PutAsync(StoreKeys.Rollout("main", "r1"), new MemoryStream("{"u8.ToArray()), PutCondition.None, default);
        _run.Green.Behavior = Behavior.Fail;
        await _run.SendAsync(Color.Green, 8);
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("RolledBack Blue blue=100 green=0");
        Assert.That((await _run.RecordAsync()).Events.Single().Phase, Is.EqualTo(TrafficPhase.RolledBack));
    }

    [Test]
    public void AnEventThatWasNotCommittedIsReplaced()
    {
        var first = new RolloutEvent(TrafficPhase.Progressing, 0, 10, "first", null, [], ShadowCounts.None, null, default);
        var again = first with { Reason = "again" };
        var later = first with { Step = 1 };
        Assert.That(RolloutRecords.With([first], again), Is.EqualTo(new[] { again }));
        Assert.That(RolloutRecords.With([first], later), Is.EqualTo(new[] { first, later }));
    }

    /// <summary>A wall clock that somebody sets, beside a monotonic one that stands still.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        private readonly FakeTimeProvider _time = new();

        public TimeSpan Ahead { get; set; }

        public override long TimestampFrequency => _time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => _time.GetUtcNow() + Ahead;

        public override long GetTimestamp() => _time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            _time.CreateTimer(callback, state, dueTime, period);
    }

    private async Task<GatewayFixture> SecondAsync()
    {
        var second = new GatewayFixture(RolloutRun.Options, besides: _gateway);
        await second.StartAsync();
        return second;
    }

    /// <summary>As kill -9 and a start by whoever watches it: the lease has to expire first.</summary>
    private async Task KillAsync()
    {
        await _gateway.ReplaceAsync();
        _gateway.Time.Advance(_gateway.Options.LeaseTimeout);
        await _gateway.TickAsync();
    }
}
