using Slipway.Automation.Aws;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Aws;
using Slipway.Build.Images;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;

namespace Slipway.Build.Environments.Fleets.Aws;

/// <summary>One release on AWS: ECS services, which replace tasks that die. The previous color keeps its capacity for the rollback window.</summary>
public sealed class EcsReleaseFleet(AwsEnvironment environment, ImageSet images, IProgressReport report) : IFleet
{
    // at least two gateways, so that one zone may fail; an emulated environment has capacity for one
    private const int Gateways = 2;

    private readonly EcsFleet _fleet = environment.Fleet;
    private readonly AwsFleet _shape = environment.Record.Fleet;

    public string Release => images.Model.Digest;

    public string Reason => $"Deploy of {Release} from commit {images.Source.Commit}.";

    // tasks have private addresses, and no gateway on AWS lets a caller choose the color that has no traffic
    public bool IsReachable => false;

    public string PlaceOfLogs(Color color) => $"the tasks of the service '{_fleet.Server(color).Name}' in the cluster '{_shape.Cluster}'";

    public Task<string?> ReleaseOfAsync(Color color, CancellationToken cancellation) => _fleet.ReleaseAsync(_fleet.Server(color), cancellation);

    public Task RepairAsync(Color color, CancellationToken cancellation) => Task.CompletedTask;

    public async Task StartAsync(Color color, CancellationToken cancellation)
    {
        await environment.Capacity.HoldAsync(_fleet.Server(color), cancellation);
        await StartAsync(color, _shape.Capacity, cancellation);
    }

    public async Task StartIdleAsync(Color color, CancellationToken cancellation)
    {
        if (await ReleaseOfAsync(color, cancellation) is not null)
            return;
        // with so many servers that all are needed, autoscaling must not take one away
        if (_shape.IdleMinimum == _shape.Capacity)
            await environment.Capacity.HoldAsync(_fleet.Server(color), cancellation);
        await StartAsync(color, _shape.IdleMinimum, cancellation);
    }

    private async Task StartAsync(Color color, int servers, CancellationToken cancellation)
    {
        var service = _fleet.Server(color);
        if (!await _fleet.RunsAsync(service, images.Model, servers, cancellation))
            await report.StepAsync($"Start {color.Word()}", step => _fleet.RollAsync(service, images.Model, servers, step, cancellation));
        await environment.WaitUntilReadyAsync(color, Release, servers, report, cancellation);
    }

    public async Task<IReadOnlyList<ReplicaHeartbeat>> WaitUntilSettledAsync(Color color, IReadOnlyDictionary<string, int> desired, CancellationToken cancellation)
    {
        IReadOnlyList<ReplicaHeartbeat> seen = [];
        await report.StepAsync($"Wait until {color.Word()} has settled its models", step => environment.WaitForServersAsync(
            // all of them: what the first to send a heartbeat has settled says nothing of the others
            alive => ServingPolicy.NotReady(seen = alive, color, Release, _shape.Capacity) ?? GapPolicy.Unsettled(ServingPolicy.Running(alive, color, Release), desired),
            step, cancellation));
        return seen;
    }

    public async Task StartGatewayAsync(CancellationToken cancellation)
    {
        var gateways = Math.Min(Gateways, _shape.Capacity);
        if (!await _fleet.RunsAsync(_fleet.Gateway, images.Gateway, gateways, cancellation))
            await report.StepAsync("Start the gateway", step => _fleet.RollAsync(_fleet.Gateway, images.Gateway, gateways, step, cancellation));
    }

    public Task RetireAsync(Color color, CancellationToken cancellation) => environment.ScaleInAsync(color, report, cancellation);

    public DeploymentResult Result(Color live)
    {
        var record = environment.Record;
        return new(
            live, Release, record.PublicUrl.TrimEnd('/'), record.ApiKeySecret is null ? null : "SLIPWAY_API_KEY",
            [
                new("bucket", record.Bucket),
                new("cluster", _shape.Cluster),
                .. record.ApiKeySecret is { } secret
                    ? [new KeyValuePair<string, string>("API key", $"export SLIPWAY_API_KEY=\"$(aws secretsmanager get-secret-value --secret-id {secret} --query SecretString --output text)\"")]
                    : Array.Empty<KeyValuePair<string, string>>(),
            ]);
    }
}
