using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Slipway.Inference.Hosting;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Storage;

namespace Slipway.Inference.Tests.Replicas;

public sealed class HeartbeatTests
{
    [Test]
    public async Task SaysWhoItIsAndWhatItServes()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f), "Release=abc123");
        var heartbeat = await WaitAsync(server, beat => beat.Ready);

        Assert.Multiple(() =>
        {
            Assert.That(heartbeat.Replica, Is.EqualTo("blue-1"));
            Assert.That(heartbeat.Color, Is.EqualTo(Color.Blue));
            Assert.That(heartbeat.Release, Is.EqualTo("abc123"));
            Assert.That(new Uri(heartbeat.Address), Is.EqualTo(server.Address));
            Assert.That(heartbeat.Draining, Is.False);
            Assert.That(heartbeat.Models.Single(), Has.Property(nameof(ServedModel.Version)).EqualTo(1).And.Property(nameof(ServedModel.State)).EqualTo(ServedModelState.Serving));
        });
    }

    [Test]
    public async Task GrowsWithEveryBeat()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f));
        var first = await WaitAsync(server, beat => beat.Ready);

        await WaitAsync(server, beat => beat.Beat > first.Beat + 2);
    }

    [Test]
    public async Task ReportsASwapWithoutWaitingForTheInterval()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f), "HeartbeatInterval=00:10:00");
        await WaitAsync(server, beat => beat.Ready);

        await server.Shop.PublishAsync(new(0.6f));

        await WaitAsync(server, beat => beat.Models.Single() is { Version: 2, State: ServedModelState.Serving });
    }

    [Test]
    public async Task ReportsQuarantinedVersions()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f));
        await server.Shop.PublishAsync(new(0.6f) { NonNumericKind = true });
        var heartbeat = await WaitAsync(server, beat => beat.Models.Single().State == ServedModelState.Quarantined);

        var model = heartbeat.Models.Single();
        Assert.That((model.Version, model.Desired), Is.EqualTo((1, 2)));
        Assert.That(model.Quarantined.Single().Reason, Does.Contain("not a finite number"));
        Assert.That(heartbeat.Ready);
    }

    [Test]
    public async Task GivesTheConfiguredAddress()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f), "Address=http://10.0.0.7:8080/");

        Assert.That((await WaitAsync(server, _ => true)).Address, Is.EqualTo("http://10.0.0.7:8080"));
    }

    [Test]
    public async Task IsWrittenAgainWhenTheStoreIsBack()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f));
        var before = await WaitAsync(server, beat => beat.Ready);
        server.Store.Fail("replicas/");
        await Wait.ForAsync(() => server.Store.Failures > 2, "heartbeats have failed");

        server.Store.Heal();

        await WaitAsync(server, beat => beat.Beat > before.Beat + 2);
    }

    [Test]
    public async Task IsRemovedAtTheEnd()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f));
        await WaitAsync(server, beat => beat.Ready);

        await server.StopAsync();

        Assert.That(await ReadAsync(server), Is.Null);
    }

    [Test]
    public async Task IsRemovedAlsoWhereTheLastOneCouldNotBeWritten()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f), "HeartbeatInterval=00:10:00");
        await WaitAsync(server, beat => beat.Ready);
        var failures = server.Store.Failures;
        server.Store.Hang("replicas/");
        server.App.Services.GetRequiredService<Signal>().Pulse();
        await Wait.ForAsync(() => server.Store.Failures > failures, "the next heartbeat hangs");
        var stopping = server.StopAsync();
        await Wait.ForAsync(() => server.App.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested, "the server is shutting down");

        // the write that hung fails now, while the server stops, and the removal goes through
        server.Store.FailHung();

        await stopping;
        Assert.That(await ReadAsync(server), Is.Null);
    }

    internal static async Task<ReplicaHeartbeat> WaitAsync(RunningServer server, Func<ReplicaHeartbeat, bool> condition)
    {
        ReplicaHeartbeat? heartbeat = null;
        await Wait.ForAsync(async () => (heartbeat = await ReadAsync(server)) is not null && condition(heartbeat), "the heartbeat says so");
        return heartbeat!;
    }

    private static async Task<ReplicaHeartbeat?> ReadAsync(RunningServer server) =>
        (await server.Inner.ReadAsync(StoreKeys.Replica("blue-1"), RegistryJson.Default.ReplicaHeartbeat))?.Value;
}
