using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Build.Environments.Training;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Signing;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Fleets;

/// <summary>
/// Deploys a release to the local environment: restarts services that have died, starts the release on the idle color, verifies it, and moves traffic.
/// Idempotent; the previous color stays up for a rollback.
/// </summary>
public sealed class LocalDeployment(LocalEnvironment environment, LocalRelease release, TrainerBuild trainer, IProgressReport report) : IDeployment
{
    private readonly LocalFleet _fleet = environment.Fleet;
    private readonly ReleaseFolder _releases = new(environment.Folders);

    public TrainerBuild Trainer => trainer;

    public async Task<DeploymentResult> RunAsync(CancellationToken cancellation)
    {
        // The serving color comes first: if it died, it is restarted as it was before anything new is started.
        var live = await environment.Traffic.LiveAsync(cancellation);
        await HealAsync(live, release.Inference, cancellation);
        var target = Target(live, release.Inference);
        if (_fleet.Running(target.Word())?.Release != release.Inference.Hash)
            await StartAsync(target, release.Inference, "", cancellation);
        await HealAsync(target.Other(), release.Inference, cancellation);

        var gaps = await ProveAsync(target, live, cancellation);
        var gateway = await GatewayAsync(release.Gateway, cancellation);
        await MoveTrafficAsync(target, release.Inference, cancellation);
        _releases.Prune(_fleet.AllRunning().Select(service => service.Release).Append(trainer.Trainer.Hash));
        return new(
            target, release.Inference.Hash, gateway.Url!, ApiKeyVariable: null,
            [new("status", $"{gateway.PrivateUrl}/api/status"), new("logs", gateway.Container is null ? environment.Folders.Logs : $"docker logs {_fleet.Running(target.Word())?.Container ?? gateway.Container}")])
        { Gaps = gaps };
    }

    private async Task HealAsync(Color color, Release fallback, CancellationToken cancellation)
    {
        if (_fleet.Running(color.Word()) is not null)
            return;

        // The idle color keeps the previous release, so that there is something to roll back to.
        var dead = _fleet.Known(color.Word());
        var before = dead is null ? fallback : _fleet.ReleaseOf(dead) ?? fallback;
        await StartAsync(color, before, dead is null ? "" : ", which had exited", cancellation);
    }

    // The release goes to the color that has it already (the live one first), and otherwise to the idle color.
    private Color Target(Color live, Release wanted) =>
        _fleet.Running(live.Word())?.Release == wanted.Hash ? live : live.Other();

    private Task<ReplicaHeartbeat> StartAsync(Color color, Release started, string why, CancellationToken cancellation) =>
        report.StepAsync($"Start {color.Word()}{why}, release {started.Hash}", async _ =>
        {
            await RequireSignaturesAsync(color, cancellation);
            return await _fleet.StartServerAsync(color, started, cancellation);
        });

    // A server does not load unsigned models: if it would reject everything, or what is served now, there is no point in waiting for it.
    private async Task RequireSignaturesAsync(Color color, CancellationToken cancellation)
    {
        var signatures = environment.Signatures;
        if (signatures.Mode != SignatureMode.Enforce)
            return;

        var served = (await BeatingAsync(color.Other(), cancellation)).SelectMany(server => server.Models).Where(model => model.Version is not null).Select(model => model.Model).ToHashSet();
        var (wanted, held) = (await environment.WantedAsync(color, cancellation), new List<SignatureException>());
        foreach (var (model, version) in wanted)
            try
            {
                if (await environment.Versions.FindAsync(model, version, cancellation) is { } manifest)
                    await signatures.VerifyAsync(environment.Store, manifest, cancellation);
            }
            catch (SignatureException e) when (!served.Contains(model))
            {
                held.Add(e);
            }

        if (held.Count > 0 && held.Count == wanted.Count)
            throw held[0];
    }

    /// <returns>The models that the color does not serve, and that nobody served before.</returns>
    private async Task<IReadOnlyList<ModelGap>> ProveAsync(Color color, Color live, CancellationToken cancellation)
    {
        var wanted = await environment.WantedAsync(color, cancellation);
        var gaps = await environment.WaitUntilSettledAsync(color, wanted, report, cancellation);
        if (color != live)
            environment.RequireNoLoss(color, gaps, await BeatingAsync(live, cancellation));

        await report.StepAsync($"Check the golden sets on {color.Word()}", async _ => await new GoldenCheck(environment.Store).RunAsync(
            await BeatingAsync(color, cancellation) is [var server] ? server : throw new SlipwayException($"The {color.Word()} server exited right after startup; see its log in {environment.Folders.Logs}."),
            cancellation));
        return gaps;
    }

    private async Task<IReadOnlyList<ReplicaHeartbeat>> BeatingAsync(Color color, CancellationToken cancellation) =>
        _fleet.Running(color.Word())?.Replica is { } replica && await environment.Heartbeats.FindAsync(replica, cancellation) is { } heartbeat ? [heartbeat] : [];

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
