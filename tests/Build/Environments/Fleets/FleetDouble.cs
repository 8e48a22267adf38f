using Slipway.Build.Environments;
using Slipway.Build.Environments.Fleets;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;

namespace Slipway.Build.Tests.Environments.Fleets;

/// <summary>A fleet that only records calls, with the releases and heartbeats that the test defines.</summary>
internal sealed class FleetDouble(string release, List<string> steps) : IFleet
{
    public Dictionary<Color, string> Releases { get; } = [];

    public List<ReplicaHeartbeat> Servers { get; } = [];

    public string Release => release;

    public string Reason => "for a test";

    public bool IsReachable { get; init; }

    public string PlaceOfLogs(Color color) => $"the log of {color.Word()}";

    public Task<string?> ReleaseOfAsync(Color color, CancellationToken cancellation) => Task.FromResult(Releases.GetValueOrDefault(color));

    public Task RepairAsync(Color color, CancellationToken cancellation) => Note($"heal {color.Word()}");

    public Task<int> ServersAsync(Color live, CancellationToken cancellation) => Task.FromResult(3);

    public Task StartAsync(Color color, int servers, CancellationToken cancellation) => Note($"start {servers} of {color.Word()}");

    public Task KeepAsync(Color color, int servers, CancellationToken cancellation) => Note($"keep {servers} of {color.Word()}");

    public Task StartIdleAsync(Color color, CancellationToken cancellation) => Note($"start idle {color.Word()}");

    public Task<IReadOnlyList<ReplicaHeartbeat>> WaitUntilSettledAsync(Color color, IReadOnlyDictionary<string, int> desired, CancellationToken cancellation)
    {
        steps.Add($"settle {color.Word()}");
        return Task.FromResult<IReadOnlyList<ReplicaHeartbeat>>(Servers);
    }

    public Task StartGatewayAsync(CancellationToken cancellation) => Note("start gateway");

    public Task ReplaceAsync(Color color, CancellationToken cancellation) => Note($"replace {color.Word()}");

    public Task RetireAsync(Color color, CancellationToken cancellation) => Note($"retire {color.Word()}");

    public DeploymentResult Result(Color live) => new(live, Release, "http://127.0.0.1:1", null, []);

    private Task Note(string step)
    {
        steps.Add(step);
        return Task.CompletedTask;
    }
}
