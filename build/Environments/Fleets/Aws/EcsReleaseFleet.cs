using Slipway.Automation.Aws;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Aws;
using Slipway.Build.Images;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;

namespace Slipway.Build.Environments.Fleets.Aws;

/// <summary>A release on AWS, in ECS services, which replace failed tasks. The previous color keeps its capacity for the rollback window.</summary>
public sealed class EcsReleaseFleet(AwsEnvironment environment, ImageSet images, IProgressReport report) : IFleet
{
    // at least two gateways, so that one zone may fail; an emulated environment has capacity for one
    private const int Gateways = 2;

    private readonly EcsFleet _fleet = environment.Fleet;
    private readonly AwsFleet _shape = environment.Record.Fleet;

    public string Release => images.Model.Digest;

    public string Reason => $"Deploy of {Release} from commit {images.Source.Commit}.";

    // tasks have private addresses, and gateways on AWS do not let callers choose the color without traffic
    public bool IsReachable => false;

    public string PlaceOfLogs(Color color) => $"the tasks of the service '{_fleet.Server(color).Name}' in the cluster '{_shape.Cluster}'";

    public Task<string?> ReleaseOfAsync(Color color, CancellationToken cancellation) => _fleet.ReleaseAsync(_fleet.Server(color), cancellation);

    public Task RepairAsync(Color color, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Autoscaling may have added servers to the live color for the current load.</summary>
    public async Task<int> ServersAsync(Color live, CancellationToken cancellation) =>
        Math.Max(_shape.Capacity, (await _fleet.DescribeAsync(_fleet.Server(live), cancellation)).DesiredCount ?? 0);

    public Task KeepAsync(Color color, int servers, CancellationToken cancellation) => environment.Capacity.HoldAsync(color, servers, cancellation);

    public async Task StartAsync(Color color, int servers, CancellationToken cancellation)
    {
        await KeepAsync(color, servers, cancellation);
        await RunAsync(color, servers, cancellation);
    }

    public async Task StartIdleAsync(Color color, CancellationToken cancellation)
    {
        if (await ReleaseOfAsync(color, cancellation) is not null)
            return;
        // if the color never has more than the idle minimum, autoscaling must not remove any of its servers
        if (_shape.IdleMinimum == _shape.Capacity)
            await KeepAsync(color, _shape.Capacity, cancellation);
        await RunAsync(color, _shape.IdleMinimum, cancellation);
    }

    private async Task RunAsync(Color color, int servers, CancellationToken cancellation)
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
            // all of them: the first server that sends a heartbeat says nothing about the models of the others
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

    // replacing tasks takes minutes; the next deployment does it
    public Task ReplaceAsync(Color color, CancellationToken cancellation) => Task.CompletedTask;

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
            ])
        {
            HowToOpenPage = OperatorsPage.HowToOpen(record),
        };
    }
}
