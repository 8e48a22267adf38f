using Slipway.Registry;

namespace Slipway.Build;

/// <summary>
/// Brings the local environment to a release: heals what has died, brings the release up on the idle color, proves it, and moves traffic.
/// Doing it again changes nothing; the color before stays up for a rollback.
/// </summary>
public sealed class LocalDeployment(LocalFleet fleet, LocalFolders folders, IObjectStore store, DesiredTrafficStore traffic, Action<string> report)
{
    private static readonly TimeSpan TrafficPatience = TimeSpan.FromSeconds(30);

    public async Task<DeploymentResult> RunAsync(
        ReleaseSet release, string by, TimeProvider time, CancellationToken cancellation)
    {
        var releases = new ReleaseFolder(folders);
        var live = await traffic.LiveAsync(cancellation);

        // What serves now comes first: a live color that died is brought back as it was before anything new is tried.
        await HealAsync(live, releases, release.Inference, cancellation);
        var target = Target(live, release.Inference);
        await EnsureAsync(target, release.Inference, cancellation);
        await HealAsync(target.Other(), releases, release.Inference, cancellation);

        await ProveAsync(target, time, cancellation);
        var gateway = await GatewayAsync(release.Gateway, cancellation);
        var moved = await MoveTrafficAsync(target, release.Inference, gateway, by, time, cancellation);
        releases.Prune(fleet.AllRunning().Select(service => service.Release).Append(release.Trainer.Hash));
        return new(gateway, target, moved);
    }

    private async Task HealAsync(Color color, ReleaseFolder releases, Release fallback, CancellationToken cancellation)
    {
        if (fleet.Running(color.Word()) is not null)
            return;

        // The idle color keeps the release before, so that a rollback has somewhere to go.
        var dead = fleet.Known(color.Word());
        var release = dead is null ? fallback : releases.Find(dead.Release) ?? fallback;
        report($"Starting {color.Word()} with release {release.Hash}{(dead is null ? "" : ": it had ended")}");
        await fleet.StartServerAsync(color, release, cancellation);
    }

    // The release goes to the color that has it already, live first, and otherwise to the idle color.
    private Color Target(Color live, Release release) =>
        fleet.Running(live.Word())?.Release == release.Hash ? live : live.Other();

    private async Task EnsureAsync(Color color, Release release, CancellationToken cancellation)
    {
        if (fleet.Running(color.Word())?.Release == release.Hash)
            return;

        report($"Starting {color.Word()} with release {release.Hash}");
        await fleet.StartServerAsync(color, release, cancellation);
    }

    private async Task ProveAsync(Color color, TimeProvider time, CancellationToken cancellation)
    {
        var replica = fleet.Running(color.Word())?.Replica
            ?? throw new SlipwayException($"The {color.Word()} server ended right after it started; see its log in {folders.Logs}.");
        var heartbeat = await new Heartbeats(store, time).FindAsync(replica, cancellation)
            ?? throw new SlipwayException($"The {color.Word()} server stopped writing heartbeats; see its log in {folders.Logs}.");
        report($"Asking {color.Word()} its golden answers");
        await new GoldenCheck(store).RunAsync(heartbeat, cancellation);
    }

    private async Task<ServiceRecord> GatewayAsync(Release release, CancellationToken cancellation)
    {
        if (fleet.Running(LocalFleet.Gateway) is { } running && running.Release == release.Hash)
            return running;

        report($"Starting the gateway with release {release.Hash}");
        return await fleet.StartGatewayAsync(release, cancellation);
    }

    private async Task<bool> MoveTrafficAsync(
        Color target, Release release, ServiceRecord gateway, string by, TimeProvider time, CancellationToken cancellation)
    {
        using var client = new GatewayClient(gateway, time);
        var desired = await traffic.AskAsync(target, TrafficAction.Deploy, release.Hash, by, $"Deploy of release {release.Hash}.", cancellation);
        if (desired.IsNew)
            report($"Moving traffic to {target.Word()}");
        await client.WaitForAsync(desired.Desired.Revision, TrafficPatience, cancellation);
        return desired.IsNew;
    }
}

/// <param name="Moved">Whether traffic was asked to move, or was where it belongs.</param>
public sealed record DeploymentResult(ServiceRecord Gateway, Color Live, bool Moved);
