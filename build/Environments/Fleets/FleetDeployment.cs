using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Training;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Fleets;

/// <summary>
/// Deploys a release, on this machine and on AWS alike: starts it on the idle color, checks it, and moves traffic. Idempotent; the previous
/// color stays up for a rollback.
/// </summary>
public sealed class FleetDeployment(SlipwayEnvironment environment, IFleet fleet, TrainerBuild trainer, IProgressReport report) : IDeployment
{
    public TrainerBuild Trainer => trainer;

    public async Task<DeploymentResult> RunAsync(CancellationToken cancellation)
    {
        // The serving color comes first: if it died, it is restarted as it was before anything new is started.
        var live = await environment.Traffic.LiveAsync(cancellation);
        await fleet.RepairAsync(live, cancellation);
        var target = await TargetAsync(live, cancellation);
        await fleet.StartAsync(target, cancellation);
        await fleet.StartIdleAsync(target.Other(), cancellation);

        var gaps = await CheckAsync(target, live, cancellation);
        await fleet.StartGatewayAsync(cancellation);
        await MoveTrafficAsync(target, cancellation);
        await fleet.RetireAsync(target.Other(), cancellation);
        return fleet.Result(target) with { Gaps = gaps };
    }

    // The release goes to the color that has it already (the live one first), and otherwise to the idle one; the first release goes to the initial color.
    private async Task<Color> TargetAsync(Color live, CancellationToken cancellation) =>
        await fleet.ReleaseOfAsync(live, cancellation) is not { } running || running == fleet.Release ? live : live.Other();

    /// <returns>The models that the color does not serve, and that nobody served before.</returns>
    private async Task<IReadOnlyList<ModelGap>> CheckAsync(Color target, Color live, CancellationToken cancellation)
    {
        var desired = await environment.DesiredVersionsAsync(target, cancellation);
        var alive = await fleet.WaitUntilSettledAsync(target, desired, cancellation);
        var servers = ServingPolicy.Running(alive, target, fleet.Release);
        var gaps = await environment.GapsAsync(servers, desired, cancellation);
        if (target != live)
            environment.RequireNoLoss(target, gaps, [.. alive.Where(server => server.Color == live && !server.Draining)]);
        if (servers.Count == 0)
            throw new SlipwayException($"No {target.Word()} server of release {fleet.Release} sends heartbeats, so traffic was not moved; see {fleet.PlaceOfLogs(target)}.");

        await report.StepAsync($"Check the golden sets on {target.Word()}", step => new GoldenCheck(environment.Store, fleet.IsReachable).RunAsync(servers, step, cancellation));
        return gaps;
    }

    private async Task MoveTrafficAsync(Color target, CancellationToken cancellation)
    {
        var asked = await environment.Traffic.RequestAsync(target, TrafficAction.Deploy, fleet.Release, trainer.By, fleet.Reason, cancellation);
        if (asked.IsNew)
            await report.StepAsync($"Move traffic to {target.Word()}", _ => environment.WaitForTrafficAsync(asked.Desired.Revision, cancellation));
        else
            await environment.WaitForTrafficAsync(asked.Desired.Revision, cancellation);
    }
}
