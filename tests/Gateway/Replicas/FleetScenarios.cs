using Microsoft.Extensions.DependencyInjection;
using Slipway.Gateway.Replicas;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Storage;

namespace Slipway.Gateway.Tests.Replicas;

public class FleetScenarios
{
    private GatewayFixture _gateway = null!;

    [SetUp]
    public void SetUp() => _gateway = new();

    [TearDown]
    public async Task TearDown() => await _gateway.DisposeAsync();

    [TestCase(true, true)]
    [TestCase(false, false)]
    public async Task AServerThatDrainsOrIsNotReadyLeaves(bool draining, bool ready)
    {
        var leaving = await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartAsync();
        await _gateway.PublishAsync(leaving, ready: ready, draining: draining);
        await _gateway.TickAsync();
        for (var i = 0; i < 10; i++)
            await _gateway.PredictAsync();
        Assert.That(leaving.Requests, Is.Empty);
        Assert.That(await ReplicasAsync(), Is.EqualTo(new[] { "blue-1" }));
    }

    [Test]
    public async Task AServerWhoseHeartbeatStandsStillLeavesByTheGatewaysOwnClock()
    {
        await _gateway.StartServerAsync(Color.Blue);
        var alive = await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartAsync();
        _gateway.Time.Advance(_gateway.Options.ReplicaTimeout - TimeSpan.FromSeconds(1));
        await _gateway.PublishAsync(alive);
        await _gateway.TickAsync();
        Assert.That(await ReplicasAsync(), Is.EqualTo(new[] { "blue-0", "blue-1" }));

        _gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await _gateway.TickAsync();
        Assert.That(await ReplicasAsync(), Is.EqualTo(new[] { "blue-1" }));
    }

    [Test]
    public async Task AnAddressOutsideOfTheRangeIsRefused()
    {
        var backend = await _gateway.StartServerAsync(Color.Blue);
        await _gateway.PublishAsync(backend, address: "http://169.254.169.254:80");
        await _gateway.StartAsync();
        using var answer = await _gateway.SendAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(503));
        Assert.That(await ReplicasAsync(), Is.Empty);
    }

    [Test]
    public async Task TheGatewaysOwnAddressesAreNoServers([Values] bool isPublic)
    {
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartAsync();
        var own = (isPublic ? _gateway.Public : _gateway.Private).BaseAddress!;
        await _gateway.WriteAsync(new("loop", Color.Green, own.GetLeftPart(UriPartial.Authority), "r1", 1, true, false, [], default));
        await _gateway.TickAsync();
        Assert.That(await ReplicasAsync(), Is.EqualTo(new[] { "blue-0" }));
    }

    [Test]
    public async Task HeartbeatsAreReadSeveralAtATimeAndNotAllAtOnce()
    {
        const int servers = 20;
        for (var i = 0; i < servers; i++)
            await _gateway.WriteAsync(new($"blue-{i}", Color.Blue, $"http://127.0.0.1:{i + 1}", "r1", 1, Ready: true, Draining: true, [], default));
        var (reading, most) = (0, 0);
        var several = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gateway.Store.BeforeRead = async () =>
        {
            var now = Interlocked.Increment(ref reading);
            lock (several)
                most = Math.Max(most, now);
            if (now == 8)
                several.TrySetResult();
            await several.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
            Interlocked.Decrement(ref reading);
        };
        await _gateway.App.Services.GetRequiredService<ReplicaController>().TickAsync(default);
        _gateway.Store.BeforeRead = null;
        Assert.That(most, Is.EqualTo(8));
    }

    [Test]
    public async Task AHeartbeatThatSpeaksForAnotherReplicaIsIgnored()
    {
        await _gateway.StartServerAsync(Color.Blue);
        var forged = new ReplicaHeartbeat("blue-0", Color.Blue, "http://127.0.0.1:1", "r1", 1, true, false, [], default);
        await _gateway.Store.WriteAsync(StoreKeys.Replica("intruder"), forged, RegistryJson.Default.ReplicaHeartbeat, PutCondition.None);
        await _gateway.StartAsync();
        Assert.That(await ReplicasAsync(), Is.EqualTo(new[] { "blue-0" }));
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("blue"));
    }

    [Test]
    public async Task AnUnreadableHeartbeatHidesNobodyElse()
    {
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.Store.PutAsync(StoreKeys.Replica("broken"), new MemoryStream("{"u8.ToArray()), PutCondition.None, default);
        await _gateway.StartAsync();
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("blue"));
    }

    [Test]
    public async Task WhileTheStoreIsAwayTheLastSetStaysAndSilenceDoesNotCountAfterwards()
    {
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
        _gateway.Store.IsAway = true;
        _gateway.Time.Advance(TimeSpan.FromHours(1));
        await _gateway.TickAsync();
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("blue"));

        _gateway.Store.IsAway = false;
        await _gateway.TickAsync();
        Assert.That(await ReplicasAsync(), Is.EqualTo(new[] { "blue-0", "green-1" }));

        // the control: without an outage, the same silence removes them as soon as one of them is known to be alive
        _gateway.Time.Advance(_gateway.Options.ReplicaTimeout);
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.TickAsync();
        Assert.That(await ReplicasAsync(), Is.EqualTo(new[] { "blue-2" }));
    }

    [Test]
    public async Task AStoreThatWasEmptiedRemovesNobodyWhoAnswers()
    {
        var backend = await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartAsync();
        await _gateway.Store.DeleteAsync(StoreKeys.Replica(backend.Replica), default);
        await _gateway.TickAsync();
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("blue"));
    }

    [Test]
    public async Task AServerThatComesBackElsewhereIsUsedThere()
    {
        var before = await _gateway.StartServerAsync(Color.Blue, replica: "blue");
        await _gateway.StartAsync();
        await before.KillAsync();
        var after = await _gateway.StartServerAsync(Color.Blue, replica: "blue");
        await _gateway.TickAsync();
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("blue"));
        Assert.That(after.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task LosesNothingWhileServersComeAndGo()
    {
        var servers = new List<Backend>();
        for (var i = 0; i < 4; i++)
            servers.Add(await _gateway.StartServerAsync(Color.Blue));
        await _gateway.StartAsync();
        await using var load = new Load(_gateway.Public.BaseAddress!, callers: 8);
        for (var i = 0; i < 100; i++)
        {
            await _gateway.PublishAsync(servers[i % 4], draining: i / 4 % 2 == 0 && i % 4 != 0);
            await _gateway.TickAsync();
            await load.PassAsync(1);
        }
        Assert.That(load.Lost, Is.Empty);
    }

    private async Task<IEnumerable<string>> ReplicasAsync() =>
        (await _gateway.StatusAsync()).Colors.SelectMany(color => color.Destinations).Select(destination => destination.Replica);
}
