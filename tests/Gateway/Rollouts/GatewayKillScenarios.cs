using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Rollouts;

/// <summary>
/// Two gateways as processes before two servers of each color, under load, of which one after the other is killed in every phase of a rollout. Each step waits
/// for an approval, so that a phase lasts as long as a test needs it.
/// </summary>
[Platform("Linux")]
public sealed class GatewayKillScenarios
{
    private static readonly RolloutPlan Plan = new(
        "r1", null, null, "r2", [new(25, Approval: true), new(50, Approval: true)], TimeSpan.FromSeconds(0.2), MinRequests: 20, new(80, Approval: true),
        TimeSpan.FromSeconds(0.2), TimeSpan.FromMinutes(30), new(MaxBadRate: 0.2, SlowMilliseconds: 60_000), Servers: 2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-kill-");
    private readonly List<Backend> _servers = [];
    private DirectoryObjectStore _store = null!;
    private GatewayProcess[] _gateways = null!;

    [SetUp]
    public async Task SetUp()
    {
        _store = new(_folder.FullName);
        foreach (var (color, release) in new[] { (Color.Blue, "r1"), (Color.Blue, "r1"), (Color.Green, "r2"), (Color.Green, "r2") })
        {
            var server = await Backend.StartAsync(color, $"{color.Word()}-{_servers.Count}");
            _servers.Add(server);
            await _store.WriteAsync(
                StoreKeys.Replica(server.Replica), new ReplicaHeartbeat(server.Replica, color, server.Address, release, 1, true, false, [], default),
                RegistryJson.Default.ReplicaHeartbeat, PutCondition.None);
        }
        var settings = new Dictionary<string, string>
        {
            ["Store"] = _folder.FullName,
            ["ReplicaTimeout"] = "01:00:00",
            ["PollInterval"] = "00:00:00.1",
            ["RolloutInterval"] = "00:00:00.1",
            ["ProbeInterval"] = "00:00:00.1",
            ["LeaseTimeout"] = "00:00:01.5",
            ["RetryPercent"] = "0",
            ["RetryBurst"] = "0",
        };
        _gateways = [new(settings), new(settings)];
        await Task.WhenAll(_gateways.Select(gateway => gateway.StartAsync()));
    }

    [TearDown]
    public async Task TearDown()
    {
        foreach (var gateway in _gateways)
            await gateway.DisposeAsync();
        foreach (var server in _servers)
            await server.DisposeAsync();
        TestFolder.Remove(_folder);
    }

    [Test]
    public async Task AGoodCandidateIsPromotedWhicheverGatewayIsKilledAndWhenever()
    {
        var urls = _gateways.Select(gateway => gateway.Url).ToList();
        var lost = new List<string>();
        await using (var load = new FailoverLoad(urls, callers: 3))
        {
            await AskAsync(approved: null);
            await UntilAsync(state => state.Phase == TrafficPhase.Preparing);
            await KillAsync(holder: true);

            await AskAsync(approved: 0);
            await UntilAsync(state => state is { Phase: TrafficPhase.Progressing, Rollout: { Step: 0, Share: 25 } } && Candidate(state) >= 30);
            await KillAsync(holder: false);

            await AskAsync(approved: 1);
            await UntilAsync(state => state is { Phase: TrafficPhase.Progressing, Rollout: { Step: 1, Share: 50 } } && Candidate(state) >= 80);
            await KillAsync(holder: true);
            Assert.That(load.Repeated, Is.Positive, "callers have noticed");
            lost.AddRange(load.Lost);
        }

        // no requests: the bake waits for them, and so it is known to last
        await AskAsync(approved: 2);
        await UntilAsync(state => state.Phase == TrafficPhase.Baking);
        _servers[^1].IsReady = false;
        await using (var load = new FailoverLoad(urls, callers: 3))
        {
            // time, requests and verdict would be enough; but one server could not take all traffic
            await UntilAsync(state => state.Reason.Contains("2 healthy green servers", StringComparison.Ordinal));
            await KillAsync(holder: true);
            await UntilAsync(state => state.Reason.Contains("2 healthy green servers", StringComparison.Ordinal));
            Assert.That((await StateAsync()).Rollout!.Verdict!.Result, Is.EqualTo(VerdictResult.Pass));
            _servers[^1].IsReady = true;
            await UntilAsync(state => state.Phase == TrafficPhase.Promoted);
            lost.AddRange(load.Lost);
        }

        var events = (await _store.ReadAsync(StoreKeys.Rollout("main", "r1"), RegistryJson.Default.RolloutRecord))!.Value.Events;
        Assert.That(events.Select(happened => (happened.Phase, happened.Share)), Is.EqualTo(new[]
        {
            (TrafficPhase.Preparing, 0), (TrafficPhase.Progressing, 25), (TrafficPhase.Progressing, 50), (TrafficPhase.Baking, 80), (TrafficPhase.Promoted, 100),
        }));
        Assert.That(events[^1].Verdict!.Counts.CandidateRequests, Is.GreaterThanOrEqualTo(_counted), "nothing that was counted before a kill is gone");
        Assert.That(lost, Is.Empty);
    }

    [Test]
    public async Task ABadCandidateIsTakenBackWithWhatAKilledGatewayHadCounted()
    {
        var failures = 3;
        foreach (var server in _servers.Where(server => server.Color == Color.Green))
            server.Respond = (context, _) =>
            {
                context.Response.StatusCode = Interlocked.Decrement(ref failures) >= 0 ? 500 : 200;
                return Task.CompletedTask;
            };
        await using var load = new FailoverLoad([.. _gateways.Select(gateway => gateway.Url)], callers: 3);
        await AskAsync(approved: 0);
        await UntilAsync(state => Errors(state) == 3);
        await KillAsync(holder: true, restart: false);
        var after = await StateAsync();
        Assert.That((after.Phase, Errors(after)), Is.EqualTo((TrafficPhase.Progressing, 3)));

        Volatile.Write(ref failures, int.MaxValue);
        await UntilAsync(state => state.Phase == TrafficPhase.RolledBack);
        Assert.That((await StateAsync()).Split, Is.EqualTo(TrafficSplit.All(Color.Blue)));
        Assert.That(load.Lost, Has.All.StartsWith("500"), "what the candidate did wrong, and nothing else");
    }

    private long _counted;

    private async Task KillAsync(bool holder, bool restart = true)
    {
        var before = await StateAsync();
        GatewayProcess? holding = null;
        await UntilAsync(() => Task.FromResult((holding = _gateways.FirstOrDefault(gateway => gateway.Output.Contains($"Lease taken by {before.Lease.Holder}", StringComparison.Ordinal))) is not null));
        var (victim, other) = (holder ? holding! : _gateways.Single(gateway => gateway != holding), holder ? _gateways.Single(gateway => gateway != holding) : holding!);
        await victim.KillAsync();
        if (holder)
            await UntilAsync(state => state.Lease.Holder != before.Lease.Holder);

        var after = await StateAsync();
        _counted = Candidate(before);
        Assert.That((after.Phase, after.Rollout!.Step, after.Rollout.Share), Is.EqualTo((before.Phase, before.Rollout!.Step, before.Rollout.Share)), after.Reason);
        Assert.That(Candidate(after), Is.GreaterThanOrEqualTo(_counted), "the counts of a process that has died stay");
        Assert.That(
            (await other.StatusAsync())!.Colors.Single(color => color.Color == Color.Blue).Destinations.Select(server => server.Health), Is.EqualTo(new[] { "healthy", "healthy" }),
            "stable could take all traffic back");
        if (restart)
            await victim.StartAsync();
    }

    private Task AskAsync(int? approved) => _store.WriteAsync(
        StoreKeys.DesiredTraffic("main"), new DesiredTraffic(1, Color.Green, TrafficAction.Deploy, "r2", "test", "because", default, Plan: Plan, ApprovedStep: approved),
        RegistryJson.Default.DesiredTraffic, PutCondition.None);

    private async Task<TrafficState> StateAsync() =>
        (await _store.ReadAsync(StoreKeys.TrafficState("main"), RegistryJson.Default.TrafficState))!.Value;

    private static long Candidate(TrafficState state) => state.Rollout?.Verdict?.Counts.CandidateRequests ?? 0;

    private static long Errors(TrafficState state) => state.Rollout?.Verdict?.Counts.Shares.Sum(share => share.Candidate.Errors) ?? 0;

    private async Task UntilAsync(Func<TrafficState, bool> isSo)
    {
        TrafficState? last = null;
        try
        {
            await UntilAsync(async () => isSo(last = await StateAsync()));
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{last?.Phase} {last?.Rollout?.Share} % {last?.Rollout?.Verdict?.Sentence}: {last?.Reason}\n{string.Join("\n---\n", _gateways.Select(gateway => gateway.Output))}");
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);
        while (!await isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
    }
}
