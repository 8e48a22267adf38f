using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Training;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Signing;

namespace Slipway.Build.Environments.Fleets;

/// <summary>One release on this machine: processes or containers, which nothing but a deployment restarts.</summary>
public sealed class LocalReleaseFleet(LocalEnvironment environment, LocalRelease release, TrainerBuild trainer, IProgressReport report) : IFleet
{
    private readonly LocalFleet _fleet = environment.Fleet;
    private readonly ReleaseFolder _releases = new(environment.Folders);

    public string Release => release.Inference.Hash;

    public string Reason => $"Deploy of release {Release}.";

    // a release that is faulty on purpose is to be found out by the gateway
    public bool IsReachable => ReleaseFolder.FaultOf(release.Inference) is null;

    public string PlaceOfLogs(Color color) =>
        _fleet.KnownServers(color) is [{ Container: { } container }, ..] ? $"docker logs {container}" : environment.Folders.Logs;

    public Task<string?> ReleaseOfAsync(Color color, CancellationToken cancellation) =>
        Task.FromResult(_fleet.RunningServers(color) is [var server, ..] ? server.Release : null);

    public async Task RepairAsync(Color color, CancellationToken cancellation)
    {
        if (_fleet.RunningServers(color).Count >= _fleet.ServersOfAColor)
            return;

        // The idle color keeps the previous release, so that there is something to roll back to.
        var known = _fleet.KnownServers(color);
        var before = known is [var first, ..] ? _fleet.ReleaseOf(first) ?? release.Inference : release.Inference;
        await StartAsync(color, before, known.Count < _fleet.ServersOfAColor ? "" : ", which had exited", cancellation);
    }

    public Task<int> ServersAsync(Color live, CancellationToken cancellation) => Task.FromResult(_fleet.ServersOfAColor);

    // nothing scales processes on this machine
    public Task KeepAsync(Color color, int servers, CancellationToken cancellation) => Task.CompletedTask;

    public async Task StartAsync(Color color, int servers, CancellationToken cancellation)
    {
        if (_fleet.RunningServers(color) is var running && (running.Count != servers || running.Any(server => server.Release != Release)))
            await StartAsync(color, release.Inference, "", cancellation);
    }

    public Task StartIdleAsync(Color color, CancellationToken cancellation) => RepairAsync(color, cancellation);

    private Task StartAsync(Color color, Release started, string why, CancellationToken cancellation) =>
        report.StepAsync($"Start {color.Word()}{why}, release {started.Hash}", async _ =>
        {
            await RequireSignaturesAsync(color, cancellation);
            await _fleet.StartServersAsync(color, started, cancellation);
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
        if (!await SettledAsync(color, desired, TimeSpan.Zero, cancellation))
            await report.StepAsync($"Wait until {color.Word()} has settled its models", _ => SettledAsync(color, desired, _fleet.ReadyTimeout, cancellation));
        return [.. await LiveReplicasAsync(color, cancellation), .. await LiveReplicasAsync(color.Other(), cancellation)];
    }

    private async Task<bool> SettledAsync(Color color, IReadOnlyDictionary<string, int> desired, TimeSpan timeout, CancellationToken cancellation)
    {
        var settled = true;
        foreach (var server in _fleet.RunningServers(color))
            settled &= await environment.Heartbeats.WaitUntilSettledAsync(server.Replica!, desired, timeout, cancellation);
        return settled;
    }

    private async Task<IReadOnlyList<ReplicaHeartbeat>> LiveReplicasAsync(Color color, CancellationToken cancellation)
    {
        var replicas = new List<ReplicaHeartbeat>();
        foreach (var server in _fleet.RunningServers(color))
            if (await environment.Heartbeats.FindAsync(server.Replica!, cancellation) is { } heartbeat)
                replicas.Add(heartbeat);
        return replicas;
    }

    public async Task StartGatewayAsync(CancellationToken cancellation)
    {
        if (!_fleet.AreGatewaysCurrent(release.Gateway))
            await report.StepAsync($"Start the gateway, release {release.Gateway.Hash}{(_fleet.HaveSettingsChanged(release.Gateway) ? ", with other settings" : "")}", _ => _fleet.StartGatewaysAsync(release.Gateway, cancellation));
    }

    public async Task ReplaceAsync(Color color, CancellationToken cancellation)
    {
        if (_fleet.RunningServers(color.Other()) is [var live, ..] && _fleet.ReleaseOf(live) is { } good)
            await StartAsync(color, good, ", in place of the release that was rolled back", cancellation);
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
            [
                .. _fleet.OtherGateways.Select(other => new KeyValuePair<string, string>(other.Name, other.Url!)),
                new("status", $"{gateway.PrivateUrl}/api/status"), new("logs", PlaceOfLogs(live)),
            ])
        {
            Page = _fleet.PageOf(gateway),
        };
    }
}
