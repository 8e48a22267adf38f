using System.Collections.Concurrent;
using System.Text.Json;
using Slipway.Gateway.Options;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Gateway.Traffic;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Rollouts;

/// <summary>A gateway with a server of each color and callers whose draws are known, so that a test sends a request to the color that it wants.</summary>
public sealed class RolloutRun(GatewayFixture gateway) : IAsyncDisposable
{
    private static readonly Color[] Both = [Color.Blue, Color.Green];
    private readonly Dictionary<Color, int> _callers = Both.ToDictionary(color => color, _ => 0);

    public GatewayFixture Gateway => gateway;
    public Backend Blue { get; private set; } = null!;
    public Backend Green { get; private set; } = null!;

    public static Func<GatewayOptions, GatewayOptions> Options { get; } = options => options with { StickyHeader = "x-user", RetryPercent = 0, RetryBurst = 0, ReplicaTimeout = TimeSpan.FromDays(1) };

    public static async Task<RolloutRun> StartAsync(TimeProvider? time = null)
    {
        var run = new RolloutRun(new(Options, time: time));
        run.Blue = await run.Gateway.StartServerAsync(Color.Blue);
        await run.Gateway.StartAsync();
        run.Green = await run.Gateway.StartServerAsync(Color.Green, "r2");
        return run;
    }

    /// <summary>Requests a rollout to green, and lets the gateway enter its first step.</summary>
    public async Task BeginAsync(RolloutPlan? plan = null)
    {
        await AskAsync(plan);
        await gateway.TickAsync();
        await gateway.TickAsync();
        await ShouldBeAsync(TrafficPhase.Progressing, step: 0);
    }

    public Task AskAsync(RolloutPlan? plan = null, TrafficAction action = TrafficAction.Deploy, Color color = Color.Green, string? release = "r2", int revision = 1, int? approved = null) =>
        gateway.AskForAsync(new DesiredTraffic(
            revision, color, action, release, "test", "because", default, Plan: action == TrafficAction.Rollback ? null : plan ?? Plans.Plan(), ApprovedStep: approved));

    /// <summary>Sends requests of callers who have not called yet, all of whom are drawn for a color at shares of 10 to 90 %.</summary>
    public Task SendAsync(Color color, int times, string path = "/v2/models/m/infer") => SendAsync(gateway, color, times, path);

    public async Task SendAsync(GatewayFixture to, Color color, int times, string path = "/v2/models/m/infer")
    {
        for (var sent = 0; sent < times; _callers[color]++)
        {
            var caller = $"caller-{_callers[color]}";
            var draw = TrafficSplitPolicy.Draw(caller);
            if (color == Color.Green ? draw >= 0.1 : draw < 0.9)
                continue;
            using var answer = await to.SendAsync(request => request.Headers.Add("x-user", caller), path);
            sent++;
        }
        await to.SettleAsync();
    }

    /// <summary>Enough good requests on the candidate for its step, and the time that the step holds.</summary>
    public async Task PassStepAsync(int requests = 20)
    {
        await SendAsync(Color.Green, requests);
        gateway.Time.Advance(TimeSpan.FromSeconds(2));
        await gateway.TickAsync();
    }

    public async Task<TrafficState> StateAsync() => (await gateway.StatusAsync()).State;

    public async Task ShouldBeAsync(TrafficPhase phase, int? step = null, int? share = null)
    {
        var state = await StateAsync();
        Assert.That(
            (state.Phase, step is null ? null : state.Rollout?.Step, share is null ? null : state.Rollout?.Share),
            Is.EqualTo((phase, step, share)), state.Reason);
    }

    public async Task<RolloutRecord> RecordAsync(string id = "r1") =>
        (await gateway.Store.ReadAsync(StoreKeys.Rollout("main", id), RegistryJson.Default.RolloutRecord))!.Value;

    /// <summary>The changes of phase that are committed from here on, as they are reported.</summary>
    public ConcurrentDictionary<string, TrafficNotification> Changes()
    {
        var changes = new ConcurrentDictionary<string, TrafficNotification>();
        gateway.Store.Written = (key, bytes) =>
        {
            if (key == StoreKeys.TrafficState("main"))
                foreach (var change in JsonSerializer.Deserialize(bytes, RegistryJson.Default.TrafficState)!.Outbox ?? [])
                    changes.TryAdd(change.Id, change);
        };
        return changes;
    }

    public Task PublishAsync(Backend backend, string release, string model, int version) => gateway.WriteAsync(Beats.Serving(backend, release, model, version));

    public ValueTask DisposeAsync() => gateway.DisposeAsync();
}
