using Microsoft.Extensions.DependencyInjection;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Gateway.Traffic;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Traffic;

public class TrafficScenarios
{
    private GatewayFixture _gateway = null!;

    [SetUp]
    public void SetUp() => _gateway = new();

    [TearDown]
    public async Task TearDown() => await _gateway.DisposeAsync();

    [Test]
    public async Task MovesWhenTheColorThatWasAskedForIsReady()
    {
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartAsync();
        await _gateway.ShouldBeAsync("Idle Blue blue=100 green=0");

        await _gateway.AskForAsync(Color.Green, "r2");
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("Preparing Blue blue=100 green=0");
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("blue"));

        await _gateway.StartServerAsync(Color.Green, "r2");
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("Promoted Green blue=0 green=100");
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("green"));
    }

    [Test]
    public async Task WaitsForTheServersOfAColorThatAreStillStarting()
    {
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartAsync();
        await _gateway.StartServerAsync(Color.Green, "r2");
        var starting = await _gateway.StartServerAsync(Color.Green, "r2");
        await _gateway.PublishAsync(starting, "r2", ready: false);
        await _gateway.AskForAsync(Color.Green, "r2");
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("Preparing Blue blue=100 green=0");

        await _gateway.PublishAsync(starting, "r2");
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("Promoted Green blue=0 green=100");
    }

    [Test]
    public async Task KeepsTheSplitThatALaterReleaseWroteInAnUnknownPhase()
    {
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
        var state = (await StateAsync())! with { Split = new(0, 100), Live = Color.Green, Lease = new(null, 9) };
        var text = System.Text.Json.JsonSerializer.Serialize(state, RegistryJson.Default.TrafficState)
            .Replace("\"idle\"", "\"canary\"", StringComparison.Ordinal).Replace("\"split\"", "\"steps\": [ 1, 5 ], \"split\"", StringComparison.Ordinal);
        Assert.That(text, Does.Contain("canary"));
        await _gateway.Store.PutAsync(StoreKeys.TrafficState("main"), new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), PutCondition.None, default);

        await _gateway.RestartAsync();
        await _gateway.AskForAsync(Color.Blue);
        for (var tick = 0; tick < 3; tick++)
        {
            _gateway.Time.Advance(_gateway.Options.LeaseTimeout);
            await _gateway.TickAsync();
        }

        await _gateway.ShouldBeAsync("Unknown Green blue=0 green=100");
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("green"), "not whichever color is there first");
    }

    [Test]
    public async Task DoesNotMoveToAServerWhoseHeartbeatSaysReadyButWhoseProbeFails()
    {
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartAsync();
        var green = await _gateway.StartServerAsync(Color.Green);
        green.IsReady = false;
        await _gateway.AskForAsync(Color.Green);
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("Preparing Blue blue=100 green=0");

        green.IsReady = true;
        await _gateway.ProbeAsync();
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("Promoted Green blue=0 green=100");
    }

    [Test]
    public async Task LosesNothingWhileTrafficMovesBackAndForth()
    {
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
        await using (var load = new Load(_gateway.Public.BaseAddress!, callers: 8))
        {
            for (var i = 0; i < 20; i++)
            {
                await _gateway.AskForAsync(i % 2 == 0 ? Color.Green : Color.Blue);
                await _gateway.TickAsync();
                await load.PassAsync(10);
            }
            Assert.That(load.Lost, Is.Empty);
        }
        var status = await _gateway.StatusAsync();
        Assert.That(status.Colors.Select(color => color.Requests), Has.All.GreaterThan(100));
        Assert.That(status.Colors.Select(color => color.P99Milliseconds), Has.All.Not.Null);
    }

    [Test]
    public async Task ARestartedGatewayContinuesFromTheCommittedSplit()
    {
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
        await _gateway.AskForAsync(Color.Green);
        await _gateway.TickAsync();

        await _gateway.RestartAsync();
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("green"));
        await _gateway.ShouldBeAsync("Promoted Green blue=0 green=100");
    }

    [Test]
    public async Task KeepsTheSplitWhileTheStoreIsAway()
    {
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
        await _gateway.AskForAsync(Color.Green);
        await _gateway.TickAsync();

        _gateway.Store.IsAway = true;
        _gateway.Time.Advance(TimeSpan.FromMinutes(10));
        await _gateway.TickAsync();
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("green"));
    }

    [Test]
    public async Task AStateThatVanishesIsWrittenAgainAsItWas()
    {
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
        await _gateway.AskForAsync(Color.Green);
        await _gateway.TickAsync();

        await _gateway.Store.DeleteAsync(StoreKeys.TrafficState("main"), default);
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("Promoted Green blue=0 green=100");
        Assert.That((await StateAsync())?.Live, Is.EqualTo(Color.Green));
    }

    [Test]
    public async Task AnUnreadableStateKeepsTheSplitAndIsNotOverwritten()
    {
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartAsync();
        await _gateway.Store.PutAsync(StoreKeys.TrafficState("main"), new MemoryStream("{"u8.ToArray()), PutCondition.None, default);
        await _gateway.TickAsync();
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("blue"));
        Assert.That(async () => await StateAsync(), Throws.InstanceOf<SlipwayException>());
    }

    [Test]
    public async Task AnUnreadableWishMovesNothingAndIsForgottenWhenABetterOneComes()
    {
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
        await _gateway.AskForAsync(Color.Green);
        await _gateway.TickAsync();
        await _gateway.Store.PutAsync(StoreKeys.DesiredTraffic("main"), new MemoryStream("{"u8.ToArray()), PutCondition.None, default);

        await _gateway.RestartAsync();
        await _gateway.ShouldBeAsync("Promoted Green blue=0 green=100");
        Assert.That((await StateAsync())!.Lease.Holder, Is.Not.Null);

        await _gateway.AskForAsync(Color.Blue);
        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("Promoted Blue blue=100 green=0");
    }

    [Test]
    public async Task ASecondGatewayFollowsAndTakesTheLeaseWhenTheFirstFallsSilent()
    {
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
        await using var second = GatewayHost.Build(_gateway.Options, _gateway.Store, _gateway.Time);
        await second.StartAsync();
        var follower = second.Services.GetRequiredService<TrafficController>();
        var first = (await StateAsync())!.Lease.Holder;

        await _gateway.AskForAsync(Color.Green);
        await follower.TickAsync(default);
        Assert.That((await StateAsync())!.Live, Is.EqualTo(Color.Blue), "only the holder moves traffic");

        _gateway.Time.Advance(_gateway.Options.LeaseTimeout);
        await follower.TickAsync(default);
        var state = (await StateAsync())!;
        Assert.That((state.Live, state.Lease.Holder == first), Is.EqualTo((Color.Green, false)));

        await _gateway.TickAsync();
        await _gateway.ShouldBeAsync("Promoted Green blue=0 green=100");
        await second.StopAsync();
    }

    [Test]
    public async Task AGatewayThatStopsLetsTheLeaseGo()
    {
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartAsync();
        Assert.That((await StateAsync())!.Lease.Holder, Is.Not.Null);
        await _gateway.App.StopAsync();
        Assert.That((await StateAsync())!.Lease.Holder, Is.Null);
    }

    [Test]
    public async Task TheHolderRenewsItsLease()
    {
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartAsync();
        var before = (await StateAsync())!.Lease.Renewal;
        await _gateway.TickAsync();
        Assert.That((await StateAsync())!.Lease.Renewal, Is.EqualTo(before), "not on every tick");
        _gateway.Time.Advance(_gateway.Options.LeaseTimeout / 2);
        await _gateway.TickAsync();
        Assert.That((await StateAsync())!.Lease.Renewal, Is.GreaterThan(before));
    }

    private async Task<TrafficState?> StateAsync() =>
        (await _gateway.Store.ReadAsync(StoreKeys.TrafficState("main"), RegistryJson.Default.TrafficState))?.Value;
}
