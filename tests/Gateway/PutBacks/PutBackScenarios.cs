using Microsoft.Extensions.DependencyInjection;
using Slipway.Gateway.PutBacks;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Gateway.Tests.Probes;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Tests.PutBacks;

public class PutBackScenarios
{
    private const string Model = GoldenVersions.Model;

    private GatewayFixture _gateway = null!;
    private ModelChannels _channels = null!;

    [SetUp]
    public async Task SetUp()
    {
        _gateway = new();
        _channels = new(_gateway.Store, _gateway.Time);
        await GoldenVersions.RegisterAsync(_gateway.Store, 1);
        await GoldenVersions.RegisterAsync(_gateway.Store, 2);
        await PublishAsync(1);
        await PublishAsync(2);
    }

    [TearDown]
    public async Task TearDown() => await _gateway.DisposeAsync();

    [Test]
    public async Task BlocksTheVersionForTheFleetAndMovesThePointersBack()
    {
        await StartAsync(Color.Blue);
        await TickAsync();

        var seen = await _channels.SnapshotAsync(Model, default);
        Assert.Multiple(() =>
        {
            Assert.That(seen.Pointers.Values.Select(pointer => pointer.Version), Is.EqualTo(new[] { 1, 1 }), "both colors");
            Assert.That(seen.Blocks(GoldenVersions.OnnxSha256(2)));
            Assert.That(seen.Last, Has.Property("Action").EqualTo(HistoryAction.Rollback).And.Property("From").EqualTo(2).And.Property("To").EqualTo(1)
                .And.Property("By").EqualTo("gateway main").And.Property("Reason").EqualTo("Server blue-0 put version 2 back: it was bad."));
        });
        Assert.That(() => PublishAsync(2), Throws.Exception.With.Message.Contains("is blocked"), "automation does not publish it again");
    }

    [Test]
    public async Task MovesOnceHoweverManyServersReportIt()
    {
        await StartAsync(Color.Blue, Color.Blue, Color.Green);
        for (var tick = 0; tick < 3; tick++)
            await TickAsync();

        Assert.That((await _channels.SnapshotAsync(Model, default)).Head.Number, Is.EqualTo(3), "one move after the two that were there");
    }

    // the control of the tests above
    [Test]
    public async Task MovesNothingWhereNoServerPutAVersionBack()
    {
        await StartAsync();
        await _gateway.StartServerAsync(Color.Blue);
        await TickAsync();

        Assert.That((await _channels.SnapshotAsync(Model, default)).Head.Number, Is.EqualTo(2));
    }

    [Test]
    public async Task NotifiesOnceWithServerModelAndReason()
    {
        await StartAsync(Color.Blue, Color.Green);
        await TickAsync();
        await TickAsync();

        var state = await _gateway.StateAsync();
        var change = state.Outbox!.Single(change => change.PutBack is not null);
        Assert.That((change.Id, change.PutBack, change.Reason),
            Is.EqualTo(("main-put-back-pumps-3", new PutBackNotice(Model, 2, 1, "blue-0"), "Server blue-0 put version 2 back: it was bad.")));
        Assert.That(change.Number, Is.LessThanOrEqualTo(state.Lease.Renewal));
    }

    [Test]
    public async Task GatewayThatTakesOverMovesNothingAgainAndReportsTheSameId()
    {
        await StartAsync(Color.Blue);
        await TickAsync();
        var before = await _gateway.StateAsync();

        await _gateway.RestartAsync();
        await TickAsync();

        Assert.That((await _channels.SnapshotAsync(Model, default)).Head.Number, Is.EqualTo(3));
        Assert.That((await _gateway.StateAsync()).Outbox!.Select(change => change.Id), Is.EqualTo(before.Outbox!.Select(change => change.Id)));
    }

    [Test]
    public async Task GatewayWithoutTheLeaseMovesNothing()
    {
        await _gateway.StartServerAsync(Color.Green);
        await StartAsync();
        await _gateway.TickAsync(); // it has the lease from now on
        await using var second = new GatewayFixture(besides: _gateway);
        await second.StartAsync();
        _gateway.Store.IsAway = true; // the holder of the lease would move it
        await ReportAsync(second, Color.Blue, "blue-1");
        await second.TickAsync();
        await second.App.Services.GetRequiredService<PutBackController>().TickAsync(default);

        _gateway.Store.IsAway = false;
        Assert.That((await _channels.SnapshotAsync(Model, default)).Head.Number, Is.EqualTo(2));
        await TickAsync();
        Assert.That((await _channels.SnapshotAsync(Model, default)).Head.Number, Is.EqualTo(3), "but the one with the lease does");
    }

    [Test]
    public async Task TriesAgainWhenTheStoreIsBack()
    {
        await StartAsync(Color.Blue);
        await _gateway.TickAsync();
        _gateway.Store.IsAway = true;
        await _gateway.App.Services.GetRequiredService<PutBackController>().TickAsync(default);
        _gateway.Store.IsAway = false;
        await TickAsync();

        Assert.That((await _channels.SnapshotAsync(Model, default)).Pointers[Color.Blue].Version, Is.EqualTo(1));
    }

    private Task PublishAsync(int version) => _channels.MoveAsync(
        new(Model, version, HistoryAction.Publish, Colors.All, "test", "because"), default);

    private async Task StartAsync(params Color[] reporters)
    {
        for (var i = 0; i < reporters.Length; i++)
            await ReportAsync(_gateway, reporters[i], $"{reporters[i].Word()}-{i}");
        await _gateway.StartAsync();
    }

    /// <summary>A server that serves the first version after it put the second one back.</summary>
    private async Task ReportAsync(GatewayFixture gateway, Color color, string replica)
    {
        var server = await gateway.StartServerAsync(color, replica: replica);
        await gateway.WriteAsync(new(replica, color, server.Address, "r1", 100, true, false, [PutBackPolicyTests.Served(at: replica[^1] - '0')], default));
    }

    private async Task TickAsync()
    {
        await _gateway.TickAsync();
        await _gateway.App.Services.GetRequiredService<PutBackController>().TickAsync(default);
    }
}
