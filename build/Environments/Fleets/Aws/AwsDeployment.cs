using Slipway.Automation.Aws;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Aws;
using Slipway.Build.Environments.Training;
using Slipway.Build.Images;
using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Fleets.Aws;

/// <summary>
/// Deploys a release to an AWS environment: the idle color first, then the gateway, then traffic. Idempotent. The previous color
/// keeps its capacity for the rollback window.
/// </summary>
public sealed class AwsDeployment(AwsEnvironment environment, ImageSet images, TrainerBuild trainer, IProgressReport report) : IDeployment
{
    // at least two gateways, so that one zone may fail; an emulated environment has capacity for one
    private const int Gateways = 2;

    private readonly EcsFleet _fleet = environment.Fleet;
    private readonly AwsFleet _shape = environment.Record.Fleet;

    public TrainerBuild Trainer => trainer;

    public async Task<DeploymentResult> RunAsync(CancellationToken cancellation)
    {
        var live = await environment.Traffic.LiveAsync(cancellation);
        var target = await TargetAsync(live, cancellation);
        await BringUpAsync(target, _shape.Capacity, cancellation);
        await BringUpIfEmptyAsync(target.Other(), cancellation);
        var gaps = await environment.WaitUntilSettledAsync(target, images.Model.Digest, live, report, cancellation);
        await BringUpGatewayAsync(cancellation);
        await MoveTrafficAsync(target, cancellation);
        await environment.RestColorAsync(target.Other(), report, cancellation);

        var record = environment.Record;
        return new(
            target, images.Model.Digest, record.PublicUrl.TrimEnd('/'), record.ApiKeySecret is null ? null : "SLIPWAY_API_KEY",
            [
                new("bucket", record.Bucket),
                new("cluster", _shape.Cluster),
                .. record.ApiKeySecret is { } secret
                    ? [new KeyValuePair<string, string>("API key", $"export SLIPWAY_API_KEY=\"$(aws secretsmanager get-secret-value --secret-id {secret} --query SecretString --output text)\"")]
                    : Array.Empty<KeyValuePair<string, string>>(),
            ])
        { Gaps = gaps };
    }

    // The release goes to the color that has it already (the live one first), and otherwise to the idle one; the first release goes to the initial color.
    private async Task<Color> TargetAsync(Color live, CancellationToken cancellation) =>
        await _fleet.ReleaseAsync(_fleet.Server(live), cancellation) is not { } running || running == images.Model.Digest ? live : live.Other();

    private async Task BringUpAsync(Color color, int servers, CancellationToken cancellation)
    {
        var service = _fleet.Server(color);
        if (servers == _shape.Capacity)
            await environment.Capacity.HoldAsync(service, cancellation);
        if (!await _fleet.RunsAsync(service, images.Model, servers, cancellation))
            await report.StepAsync($"Start {color.Word()}", step => _fleet.RollAsync(service, images.Model, servers, step, cancellation));
        await environment.WaitUntilReadyAsync(color, images.Model.Digest, servers, report, cancellation);
    }

    // An idle color takes over when the other fails, so it always has servers. It keeps its release, for a rollback.
    private async Task BringUpIfEmptyAsync(Color color, CancellationToken cancellation)
    {
        if (await _fleet.ReleaseAsync(_fleet.Server(color), cancellation) is null)
            await BringUpAsync(color, _shape.IdleMinimum, cancellation);
    }

    private async Task BringUpGatewayAsync(CancellationToken cancellation)
    {
        var gateways = Math.Min(Gateways, _shape.Capacity);
        if (!await _fleet.RunsAsync(_fleet.Gateway, images.Gateway, gateways, cancellation))
            await report.StepAsync("Start the gateway", step => _fleet.RollAsync(_fleet.Gateway, images.Gateway, gateways, step, cancellation));
    }

    private async Task MoveTrafficAsync(Color target, CancellationToken cancellation)
    {
        var digest = images.Model.Digest;
        var asked = await environment.Traffic.AskAsync(
            target, TrafficAction.Deploy, digest, trainer.By, $"Deploy of {digest} from commit {trainer.Source.Commit}.", cancellation);
        if (asked.IsNew)
            await report.StepAsync($"Move traffic to {target.Word()}", _ => environment.WaitForTrafficAsync(asked.Desired.Revision, cancellation));
        else
            await environment.WaitForTrafficAsync(asked.Desired.Revision, cancellation);
    }
}
