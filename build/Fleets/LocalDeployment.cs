using Slipway.Registry;

namespace Slipway.Build;

/// <summary>
/// Brings the local environment to a release: heals what has died, brings the release up on the idle color, proves it, and moves traffic.
/// Doing it again changes nothing; the color before stays up for a rollback.
/// </summary>
public sealed class LocalDeployment(LocalEnvironment environment, LocalRelease release, TrainerBuild trainer, IProgressReport report) : IDeployment
{
    private readonly LocalFleet _fleet = environment.Fleet;
    private readonly ReleaseFolder _releases = new(environment.Folders);

    public TrainerBuild Trainer => trainer;

    public async Task<DeploymentResult> RunAsync(CancellationToken cancellation)
    {
        // What serves now comes first: a live color that died is brought back as it was before anything new is tried.
        var live = await environment.Traffic.LiveAsync(cancellation);
        await HealAsync(live, release.Inference, cancellation);
        var target = Target(live, release.Inference);
        if (_fleet.Running(target.Word())?.Release != release.Inference.Hash)
            await StartAsync(target, release.Inference, "", cancellation);
        await HealAsync(target.Other(), release.Inference, cancellation);

        await ProveAsync(target, cancellation);
        var gateway = await GatewayAsync(release.Gateway, cancellation);
        await MoveTrafficAsync(target, release.Inference, cancellation);
        _releases.Prune(_fleet.AllRunning().Select(service => service.Release).Append(trainer.Trainer.Hash));
        return new(
            target, release.Inference.Hash, gateway.Url!, ApiKeyVariable: null,
            [new("status", $"{gateway.PrivateUrl}/api/status"), new("logs", gateway.Container is null ? environment.Folders.Logs : $"docker logs {_fleet.Running(target.Word())?.Container ?? gateway.Container}")]);
    }

    private async Task HealAsync(Color color, Release fallback, CancellationToken cancellation)
    {
        if (_fleet.Running(color.Word()) is not null)
            return;

        // The idle color keeps the release before, so that a rollback has somewhere to go.
        var dead = _fleet.Known(color.Word());
        var before = dead is null ? fallback : _fleet.ReleaseOf(dead) ?? fallback;
        await StartAsync(color, before, dead is null ? "" : ", which had ended", cancellation);
    }

    // The release goes to the color that has it already, live first, and otherwise to the idle color.
    private Color Target(Color live, Release wanted) =>
        _fleet.Running(live.Word())?.Release == wanted.Hash ? live : live.Other();

    private Task<ReplicaHeartbeat> StartAsync(Color color, Release started, string why, CancellationToken cancellation) =>
        report.StepAsync($"Start {color.Word()}{why}, release {started.Hash}", async _ =>
        {
            await RequireSignaturesAsync(color, cancellation);
            return await _fleet.StartServerAsync(color, started, cancellation);
        });

    // the server would hold back what is not signed, and be waited for in vain
    private async Task RequireSignaturesAsync(Color color, CancellationToken cancellation)
    {
        var signatures = environment.Signatures;
        if (signatures.Mode != SignatureMode.Enforce)
            return;
        foreach (var model in await environment.Versions.ModelsAsync(cancellation))
            if ((await environment.Channels.GetAsync(model, color, cancellation))?.Value is { } channel
                && await environment.Versions.FindAsync(model, channel.Version, cancellation) is { } manifest)
                await signatures.VerifyAsync(environment.Store, manifest, cancellation);
    }

    private async Task ProveAsync(Color color, CancellationToken cancellation)
    {
        foreach (var model in await environment.Versions.ModelsAsync(cancellation))
            if ((await environment.Channels.GetAsync(model, color, cancellation))?.Value is { } channel)
                await environment.WaitUntilServingAsync(model, channel.Version, report, cancellation);

        await report.StepAsync($"Ask {color.Word()} its golden answers", async _ =>
        {
            var heartbeat = _fleet.Running(color.Word())?.Replica is { } replica
                ? await environment.Heartbeats.FindAsync(replica, cancellation)
                : null;
            await new GoldenCheck(environment.Store).RunAsync(
                heartbeat ?? throw new SlipwayException($"The {color.Word()} server ended right after it started; see its log in {environment.Folders.Logs}."),
                cancellation);
        });
    }

    private async Task<ServiceRecord> GatewayAsync(Release wanted, CancellationToken cancellation) =>
        _fleet.IsGatewayCurrent(wanted)
            ? environment.Gateway
            : await report.StepAsync($"Start the gateway, release {wanted.Hash}", _ => _fleet.StartGatewayAsync(wanted, cancellation));

    private async Task MoveTrafficAsync(Color target, Release moved, CancellationToken cancellation)
    {
        var asked = await environment.Traffic.AskAsync(
            target, TrafficAction.Deploy, moved.Hash, trainer.By, $"Deploy of release {moved.Hash}.", cancellation);
        if (asked.IsNew)
            await report.StepAsync($"Move traffic to {target.Word()}", _ => environment.WaitForTrafficAsync(asked.Desired.Revision, cancellation));
        else
            await environment.WaitForTrafficAsync(asked.Desired.Revision, cancellation);
    }
}
