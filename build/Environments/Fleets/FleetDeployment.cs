using Slipway.Automation.Rollouts;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Rollouts;
using Slipway.Build.Environments.Training;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Fleets;

/// <summary>
/// Deploys a release, on this machine and on AWS alike: starts it on the idle color, checks it, and has the gateway roll it out. Idempotent; the previous
/// color stays up for a rollback, with its capacity until the release has all traffic.
/// </summary>
public sealed class FleetDeployment(SlipwayEnvironment environment, IFleet fleet, TrainerBuild trainer, IProgressReport report) : IDeployment
{
    public TrainerBuild Trainer => trainer;

    public async Task<DeploymentResult> RunAsync(bool retry, CancellationToken cancellation)
    {
        await RequireNoOtherRolloutAsync(cancellation);
        // The serving color comes first: if it died, it is restarted as it was before anything new is started.
        var live = await environment.Traffic.LiveAsync(cancellation);
        await fleet.RepairAsync(live, cancellation);
        var target = await TargetAsync(live, cancellation);
        if (target != live && !retry)
            await RequireNotRefusedBeforeAsync(cancellation);
        var servers = await fleet.ServersAsync(live, cancellation);
        await fleet.StartAsync(target, servers, cancellation);
        await fleet.StartIdleAsync(target.Other(), cancellation);

        var gaps = await CheckAsync(target, live, cancellation);
        await fleet.StartGatewayAsync(cancellation);
        // even if no live server is ready: the gateway sees it as it is when traffic moves, and says what it could not judge
        if (target != live && environment.RolloutPlan is { } plan)
            await RollOutAsync(target, plan with { Digest = fleet.Release, Servers = servers }, retry, cancellation);
        else
            await MoveTrafficAsync(target, cancellation);
        await fleet.RetireAsync(target.Other(), cancellation);
        return fleet.Result(target) with { Gaps = gaps };
    }

    // before anything is started: the servers of a candidate must not be replaced while it is judged
    private async Task RequireNoOtherRolloutAsync(CancellationToken cancellation)
    {
        if (await environment.Traffic.RunningAsync(cancellation) is { } running && (running.Plan.Model is not null || running.Desired.Release != fleet.Release))
            throw new RolloutRunningException(running);
    }

    private async Task RequireNotRefusedBeforeAsync(CancellationToken cancellation)
    {
        if (await environment.Traffic.StateAsync(cancellation) is { Phase: TrafficPhase.RolledBack or TrafficPhase.Halted, Rollout: { Plan: { Model: null } plan } } state
            && plan.Digest == fleet.Release)
            throw new RefusedException(
                $"{RolloutDescription.Subject(plan)} is not rolled out again by itself: rollout {plan.Id} of it ended without a promotion, and nothing about it has changed since. {state.Reason.TrimEnd('.')}. "
                + $"To roll it out again: ./build.sh --target=Deploy --retry{environment.Argument}");
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

    private async Task RollOutAsync(Color target, RolloutPlan plan, bool retry, CancellationToken cancellation)
    {
        // stable would be scaled in as its requests become fewer, and could not take all of them back
        foreach (var color in Colors.All)
            await fleet.KeepAsync(color, plan.Servers, cancellation);
        var asked = await environment.Traffic.RequestAsync(
            target, TrafficAction.Deploy, fleet.Release, trainer.By, fleet.Reason, cancellation, plan, retry);
        try
        {
            await new RolloutRun(environment, report).CompleteAsync(asked.Desired, cancellation);
        }
        catch (RolloutRefusedException e) when (e.End.Result == RolloutResult.RolledBack)
        {
            await fleet.ReplaceAsync(target, cancellation);
            await fleet.RetireAsync(target, cancellation);
            throw;
        }
    }
}
