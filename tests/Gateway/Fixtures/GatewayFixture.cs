using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Slipway.Gateway.Forwarding;
using Slipway.Gateway.Options;
using Slipway.Gateway.Replicas;
using Slipway.Gateway.Traffic;
using Slipway.Hosting.Telemetry;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Health;

namespace Slipway.Gateway.Tests.Fixtures;

/// <summary>
/// A gateway with real listeners, servers and store, on a clock that does not advance: nothing is polled or probed unless a test
/// triggers it, so results do not depend on timing.
/// </summary>
public sealed class GatewayFixture : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly bool _isGuest;
    private readonly List<Backend> _backends = [];
    private readonly Dictionary<string, long> _beats = [];
    private readonly TimeProvider _clock;
    private int _revision;
    private bool _isStopped;

    /// <param name="besides">Another gateway, whose store and clock this one has as well.</param>
    /// <param name="time">The clock; null for one that stands still.</param>
    /// <param name="telemetry">Where telemetry is exported to; null: nowhere.</param>
    public GatewayFixture(Func<GatewayOptions, GatewayOptions>? configure = null, GatewayFixture? besides = null, TimeProvider? time = null, TelemetrySettings? telemetry = null)
    {
        _isGuest = besides is not null;
        _folder = besides?._folder ?? Directory.CreateTempSubdirectory("slipway-gateway-");
        Store = new(new DirectoryObjectStore(_folder.FullName));
        var options = new GatewayOptions
        {
            Store = _folder.FullName,
            Release = "gateway-1",
            Url = new("http://127.0.0.1:0"),
            PrivateUrl = new("http://127.0.0.1:0"),
            AllowForcedColor = true,
            DrainDelay = TimeSpan.Zero,
            RequestTimeout = TimeSpan.FromSeconds(10),
            FirstTryTimeout = TimeSpan.FromSeconds(5),
            ProbeTimeout = TimeSpan.FromSeconds(2),
            // never automatically: tests trigger polls and probes
            PollInterval = TimeSpan.FromDays(1),
            RolloutInterval = TimeSpan.FromDays(1),
            ProbeInterval = TimeSpan.FromDays(1),
            MonitoringInterval = TimeSpan.FromDays(1),
        };
        Options = configure?.Invoke(options) ?? options;
        Time = besides?.Time ?? new();
        _clock = time ?? besides?._clock ?? Time;
        App = GatewayHost.Build(Options, Store, _clock, telemetry);
    }

    public GatewayOptions Options { get; }
    public SwitchableStore Store { get; }
    public FakeTimeProvider Time { get; }
    public WebApplication App { get; private set; }
    public HttpClient Public { get; private set; } = null!;
    public HttpClient Private { get; private set; } = null!;

    public async Task<Backend> StartServerAsync(Color color, string release = "r1", string? replica = null)
    {
        var backend = await Backend.StartAsync(color, replica ?? $"{color.Word()}-{_backends.Count}");
        _backends.Add(backend);
        await PublishAsync(backend, release);
        return backend;
    }

    public Task PublishAsync(Backend backend, string release = "r1", bool ready = true, bool draining = false, string? address = null)
    {
        var beat = _beats[backend.Replica] = _beats.GetValueOrDefault(backend.Replica) + 1;
        return WriteAsync(new(backend.Replica, backend.Color, address ?? backend.Address, release, beat, ready, draining, [], default));
    }

    public async Task WriteAsync(ReplicaHeartbeat heartbeat) => await Store.WriteAsync(
        StoreKeys.Replica(heartbeat.Replica), heartbeat, RegistryJson.Default.ReplicaHeartbeat, PutCondition.None);

    public Task AskForAsync(Color color, string? release = null) => Store.WriteAsync(
        StoreKeys.DesiredTraffic(Options.Gateway),
        new DesiredTraffic(++_revision, color, TrafficAction.Deploy, release, "test", "because", default),
        RegistryJson.Default.DesiredTraffic,
        PutCondition.None);

    public Task AskForAsync(DesiredTraffic desired) =>
        Store.WriteAsync(StoreKeys.DesiredTraffic(Options.Gateway), desired, RegistryJson.Default.DesiredTraffic, PutCondition.None);

    public async Task<TrafficState> StateAsync() =>
        (await Store.ReadAsync(StoreKeys.TrafficState(Options.Gateway), RegistryJson.Default.TrafficState))!.Value;

    public async Task StartAsync()
    {
        await App.StartAsync();
        var addresses = App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        Public = Client(addresses[0]);
        Private = Client(addresses[1]);
    }

    /// <summary>Both loops look once at the store; new servers are probed on the way.</summary>
    public async Task TickAsync()
    {
        await App.Services.GetRequiredService<ReplicaController>().TickAsync(default);
        await App.Services.GetRequiredService<TrafficController>().TickAsync(default);
    }

    public Task ProbeAsync()
    {
        var clusters = App.Services.GetRequiredService<IProxyStateLookup>();
        return App.Services.GetRequiredService<IActiveHealthCheckMonitor>().CheckHealthAsync(clusters.GetClusters());
    }

    /// <summary>A new process on the same store.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _isStopped = false;
        App = GatewayHost.Build(Options, Store, _clock);
        await StartAsync();
    }

    /// <summary>A new process after a kill -9: the old one writes nothing more, and its lease is left to expire.</summary>
    public async Task ReplaceAsync()
    {
        Store.IsAway = true;
        await StopAsync();
        Store.IsAway = false;
        _isStopped = false;
        App = GatewayHost.Build(Options, Store, _clock);
        await StartAsync();
    }

    public async Task StopAsync()
    {
        if (_isStopped)
            return;
        _isStopped = true;
        Public?.Dispose();
        Private?.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
    }

    public async Task<TrafficStatus> StatusAsync() =>
        await Private.GetFromJsonAsync("/api/status", RegistryJson.Default.TrafficStatus) ?? throw new InvalidOperationException("empty status");

    public async Task ShouldBeAsync(string words)
    {
        var state = (await StatusAsync()).State;
        Assert.That($"{state.Phase} {state.Live} blue={state.Split.Blue} green={state.Split.Green}", Is.EqualTo(words), state.Reason);
    }

    /// <summary>The color that responded.</summary>
    public async Task<string> PredictAsync(Action<HttpRequestMessage>? shape = null, string path = "/v2/models/m/infer", byte[]? body = null)
    {
        using var answer = await SendAsync(shape, path, body);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadAsStringAsync()).Split(' ')[0];
    }

    public async Task<HttpResponseMessage> SendAsync(Action<HttpRequestMessage>? shape = null, string path = "/v2/models/m/infer", byte[]? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body ?? "{}"u8.ToArray()) };
        shape?.Invoke(request);
        return await Public.SendAsync(request);
    }

    /// <summary>Waits until the gateway is done with all requests, which it counts after their callers have the response.</summary>
    public Task SettleAsync() => App.WaitForAsync<AdmissionLimit>(limit => limit.InFlight == 0);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var backend in _backends)
            await backend.DisposeAsync();
        if (!_isGuest)
            TestFolder.Remove(_folder);
    }

    private static HttpClient Client(string address) =>
        new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = new(address), Timeout = TimeSpan.FromSeconds(20) };
}
