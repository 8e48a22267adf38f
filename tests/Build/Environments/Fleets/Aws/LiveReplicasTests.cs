using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Environments.Fleets.Aws;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Storage;

namespace Slipway.Build.Tests.Environments.Fleets.Aws;

public sealed class LiveReplicasTests
{
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
    private LocalFolderFixture _fixture = null!;
    private DirectoryObjectStore _store = null!;

    [SetUp]
    public void MakeStore()
    {
        _fixture = new();
        _store = new(_fixture.Folders.Store, TimeProvider.System);
    }

    [TearDown]
    public void RemoveStore() => _fixture.Dispose();

    [Test]
    public async Task HeartbeatThatStandsStillIsOfADeadServer()
    {
        await PublishAsync("blue-dead", 7);
        await PublishAsync("blue-alive", 1);

        var waiting = Replicas().WaitAsync(Both, TimeSpan.FromSeconds(20), _ => { }, default);
        await TickAsync(waiting, async beat => await PublishAsync("blue-alive", beat));

        Assert.That(await waiting, Is.EqualTo("blue-alive"));
    }

    [Test]
    public async Task HeartbeatThatChangesIsOfALivingServer()
    {
        await PublishAsync("blue-1", 1);
        await PublishAsync("blue-2", 1);

        var waiting = Replicas().WaitAsync(Both, TimeSpan.FromSeconds(20), _ => { }, default);
        await TickAsync(waiting, async beat =>
        {
            await PublishAsync("blue-1", beat);
            await PublishAsync("blue-2", beat);
        });

        Assert.That(await waiting, Is.Null);
    }

    private static string? Both(IReadOnlyList<ReplicaHeartbeat> beating) =>
        beating.Count == 2 ? null : string.Join(",", beating.Select(one => one.Replica));

    private LiveReplicas Replicas() => new(_store, _time);

    private async Task TickAsync(Task waiting, Func<int, Task> tick)
    {
        for (var beat = 2; !waiting.IsCompleted; beat++)
        {
            await tick(beat);
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private Task PublishAsync(string replica, long beat) => _store.WriteAsync(
        StoreKeys.Replica(replica),
        new(replica, Color.Blue, "http://10.0.0.1:8080", "release", beat, Ready: true, Draining: false, [], DateTimeOffset.UnixEpoch),
        RegistryJson.Default.ReplicaHeartbeat, PutCondition.None);
}
