using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Training;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Signing;

namespace Slipway.Build.Environments.Fleets;

/// <summary>One release on this machine: one process or container a color, which nothing but a deployment restarts.</summary>
public sealed class LocalReleaseFleet(LocalEnvironment environment, LocalRelease release, TrainerBuild trainer, IProgressReport report) : IFleet
{
    private readonly LocalFleet _fleet = environment.Fleet;
    private readonly ReleaseFolder _releases = new(environment.Folders);

    public string Release => release.Inference.Hash;

    public string Reason => $"Deploy of release {Release}.";

    public bool IsReachable => true;

    public string PlaceOfLogs(Color color) =>
        (_fleet.Running(color.Word()) ?? _fleet.Known(color.Word()))?.Container is { } container ? $"docker logs {container}" : environment.Folders.Logs;

    public Task<string?> ReleaseOfAsync(Color color, CancellationToken cancellation) => Task.FromResult(_fleet.Running(color.Word())?.Release);

    public async Task RepairAsync(Color color, CancellationToken cancellation)
    {
        if (_fleet.Running(color.Word()) is not null)
            return;

        // The idle color keeps the previous release, so that there is something to roll back to.
        var dead = _fleet.Known(color.Word());
        var before = dead is null ? release.Inference : _fleet.ReleaseOf(dead) ?? release.Inference;
        await StartAsync(color, before, dead is null ? "" : ", which had exited", cancellation);
    }

    public Task<int> ServersAsync(Color live, CancellationToken cancellation) => Task.FromResult(1);

    // nothing scales processes on this machine
    public Task KeepAsync(Color color, int servers, CancellationToken cancellation) => Task.CompletedTask;

    public async Task StartAsync(Color color, int servers, CancellationToken cancellation)
    {
        if (_fleet.Running(color.Word())?.Release != Release)
            await StartAsync(color, release.Inference, "", cancellation);
    }

    public Task StartIdleAsync(Color color, CancellationToken cancellation) => RepairAsync(color, cancellation);

    private Task<ReplicaHeartbeat> StartAsync(Color color, Release started, string why, CancellationToken cancellation) =>
        report.StepAsync($"Start {color.Word()}{why}, release {started.Hash}", async _ =>
        {
            await RequireSignaturesAsync(color, cancellation);
            return await _fleet.StartServerAsync(color, started, cancellation);
        });

    // Servers do not load unsigned models: if one would reject all versions, or those that are served now, waiting for it is pointless.
    private async Task RequireSignaturesAsync(Color color, CancellationToken cancellation)
    {
        var signatures = environment.Signatures;
        if (signatures.Mode != SignatureMode.Enforce)
            return;

        var served = (await LiveReplicasAsync(color.Other(), cancellation)).SelectMany(server => server.Models).Where(model => model.Version is not null).Select(model => model.Model).ToHashSet();
        var (desired, held) = (await environment.DesiredVersionsAsync(color, cancellation), new List<SignatureException>());
        foreach (var (model, version) in desired)
            try
            {
                if (await environment.Versions.FindAsync(model, version, cancellation) is { } manifest)
                    await signatures.VerifyAsync(environment.Store, manifest, cancellation);
            }
            catch (SignatureException e) when (!served.Contains(model))
            {
                held.Add(e);
            }

        if (held.Count > 0 && held.Count == desired.Count)
            throw held[0];
    }

    public async Task<IReadOnlyList<ReplicaHeartbeat>> WaitUntilSettledAsync(Color color, IReadOnlyDictionary<string, int> desired, CancellationToken cancellation)
    {
        var replica = _fleet.Running(color.Word())?.Replica ?? "";
        if (!await environment.Heartbeats.WaitUntilSettledAsync(replica, desired, TimeSpan.Zero, cancellation))
            await report.StepAsync($"Wait until {color.Word()} has settled its models", _ =>
                environment.Heartbeats.WaitUntilSettledAsync(replica, desired, _fleet.ReadyTimeout, cancellation));
        return [.. await LiveReplicasAsync(color, cancellation), .. await LiveReplicasAsync(color.Other(), cancellation)];
    }

    private async Task<IReadOnlyList<ReplicaHeartbeat>> LiveReplicasAsync(Color color, CancellationToken cancellation) =>
        _fleet.Running(color.Word())?.Replica is { } replica && await environment.Heartbeats.FindAsync(replica, cancellation) is { } heartbeat ? [heartbeat] : [];

    public async Task StartGatewayAsync(CancellationToken cancellation)
    {
        if (!_fleet.IsGatewayCurrent(release.Gateway))
            await report.StepAsync($"Start the gateway, release {release.Gateway.Hash}", _ => _fleet.StartGatewayAsync(release.Gateway, cancellation));
    }

    /// <summary>An idle process costs nothing and keeps running, so only the releases go that nothing runs.</summary>
    public Task RetireAsync(Color color, CancellationToken cancellation)
    {
        _releases.Prune(_fleet.AllRunning().Select(service => service.Release).Append(trainer.Trainer.Hash));
        return Task.CompletedTask;
    }

    public DeploymentResult Result(Color live)
    {
        var gateway = environment.Gateway;
        return new(
            live, Release, gateway.Url!, ApiKeyVariable: null,
            [new("status", $"{gateway.PrivateUrl}/api/status"), new("logs", PlaceOfLogs(live))]);
    }
}
