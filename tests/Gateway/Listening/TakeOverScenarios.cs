using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Slipway.Gateway.Listening;
using Slipway.Gateway.Options;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Storage;

namespace Slipway.Gateway.Tests.Listening;

/// <summary>A new gateway on the port of the old one, under load, on the real clock.</summary>
[Platform("Linux")]
public class TakeOverScenarios
{
    // a thousand requests per second are enough to notice a gap of milliseconds, and leave the processor to the gateways
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-takeover-");
    private GatewayOptions _options = null!;
    private Backend _backend = null!;

    [SetUp]
    public async Task SetUp()
    {
        _options = new()
        {
            Store = _folder.FullName,
            Url = new($"http://127.0.0.1:{FreePort()}"),
            PrivateUrl = new($"http://127.0.0.1:{FreePort()}"),
            ReplicaTimeout = TimeSpan.FromHours(1),
            DrainDelay = TimeSpan.FromSeconds(0.2),
            TakeOver = true,
        };
        _backend = await Backend.StartAsync(Color.Blue, "blue");
        await new DirectoryObjectStore(_folder.FullName).WriteAsync(
            StoreKeys.Replica("blue"),
            new ReplicaHeartbeat("blue", Color.Blue, _backend.Address, "r1", 1, true, false, [], default),
            RegistryJson.Default.ReplicaHeartbeat,
            PutCondition.None);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _backend.DisposeAsync();
        TestFolder.Remove(_folder);
    }

    [Test]
    public async Task TwentyTakeOversLoseNothing()
    {
        var current = await StartAsync(_options);
        await using (var kept = new Load(_options.Url, callers: 6, pause: Pause))
        await using (var fresh = new Load(_options.Url, callers: 6, keepAlive: false, pause: Pause))
        {
            for (var i = 0; i < 20; i++)
            {
                await kept.PassAsync(3);
                await fresh.PassAsync(3);
                var next = await StartAsync(_options);
                await StopAsync(current);
                current = next;
            }
            await kept.PassAsync(3);
            await fresh.PassAsync(3);
            Assert.That(kept.Lost.Concat(fresh.Lost), Is.Empty);
        }
        await StopAsync(current);
    }

    [Test]
    public async Task TheNewcomerMovesTrafficAsSoonAsTheOldOneWantsToLeave()
    {
        var old = await StartAsync(_options);
        var next = await StartAsync(_options);
        var store = new DirectoryObjectStore(_folder.FullName);
        var before = await LeaseAsync(store);
        await StopAsync(old);
        using var limit = new CancellationTokenSource(_options.LeaseTimeout / 2, TimeProvider.System);
        while (await LeaseAsync(store) is var holder && (holder is null || holder == before))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        await StopAsync(next);
    }

    [Test]
    public async Task APortOfSomebodyElseIsNotShared()
    {
        var old = await StartAsync(_options);
        var stranger = _options with { Gateway = "other" };
        Assert.That(() => StartAsync(stranger), Throws.InstanceOf<SlipwayException>().With.Message.Contains("is in use"));
        await StopAsync(old);
    }

    [Test]
    public async Task AUsedPortIsNamedWithWhatToDoAndTheLeaseIsLeftAlone([Values] bool takeOver)
    {
        using var other = new TcpListener(Listeners.EndPointOf(_options.Url));
        other.Server.ExclusiveAddressUse = true;
        other.Start();
        Assert.That(
            () => StartAsync(_options with { TakeOver = takeOver }),
            Throws.InstanceOf<SlipwayException>().With.Message.Contains($"Port {_options.Url.Port} is in use").And.Message.Contains("--Url="));
        Assert.That(await LeaseAsync(new DirectoryObjectStore(_folder.FullName)), Is.Null);
    }

    private async Task<WebApplication> StartAsync(GatewayOptions options)
    {
        await new TakeOverGuard(options, TimeProvider.System).WaitAsync(default);
        var gateway = GatewayHost.Build(options, new DirectoryObjectStore(_folder.FullName), TimeProvider.System);
        try
        {
            await gateway.StartAsync();
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    private static async Task StopAsync(WebApplication gateway)
    {
        await gateway.StopAsync();
        await gateway.DisposeAsync();
    }

    private static async Task<string?> LeaseAsync(DirectoryObjectStore store) =>
        (await store.ReadAsync(StoreKeys.TrafficState("main"), RegistryJson.Default.TrafficState))?.Value.Lease.Holder;

    private static int FreePort()
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
