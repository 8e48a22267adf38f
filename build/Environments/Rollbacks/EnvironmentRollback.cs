using Slipway.Automation.Rollbacks;
using Slipway.Automation.Rollouts;
using Slipway.Automation.Traffic;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Rollouts;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Rollbacks;

/// <summary>Rolls back in an environment, and waits until the rollback has taken effect. Each method returns what was done, as a sentence.</summary>
/// <remarks>
/// Model channels are moved by compare-and-swap, which is safe alongside every other command, and training may take an hour: only traffic
/// moves, like a deployment, take the environment's lock. Taking a rollout back does not either: the command that waits for it holds the lock.
/// </remarks>
public sealed class EnvironmentRollback(SlipwayEnvironment environment, IProgressReport report, string by, string? reason)
{
    private readonly ModelRollback _models = new(environment.Store, environment.Signatures, environment.Time, report.Line, RolloutCompletions.SignerOf(environment, report));

    public async Task<string> ToVersionAsync(string model, int version, CancellationToken cancellation)
    {
        if (await RolloutToTakeBackAsync(cancellation) is { } rollout && rollout.Plan!.Model == model)
            report.Line(await TakeBackAsync(rollout, cancellation));
        return await ToVersionAsync(model, version, expected: null, cancellation);
    }

    private async Task<string> ToVersionAsync(string model, int version, HistoryHead? expected, CancellationToken cancellation)
    {
        var entry = await _models.MoveAsync(model, version, by, reason ?? $"Rollback to version {version}.", cancellation, expected: expected);
        if (entry is null)
            return $"Both colors already serve '{model}' version {version}; nothing was changed.";

        await environment.WaitUntilServingAsync(model, version, report, cancellation);
        return entry.From > version
            ? $"Rolled back '{model}' from version {entry.From} to {version}. Version {entry.From} is blocked: automation will not publish it again."
            : $"Moved '{model}' from version {entry.From} to {version}.";
    }

    /// <param name="model">Only this model's last change is considered; null for any change.</param>
    public async Task<string> LastChangeAsync(string? model, CancellationToken cancellation)
    {
        if (await RolloutToTakeBackAsync(cancellation) is { } rollout && (model is null || rollout.Plan!.Model == model))
            return await TakeBackAsync(rollout, cancellation);
        var traffic = model is null ? await MovedAsync(cancellation) : null;
        var changes = await _models.LastChangesAsync(cancellation);
        var plan = RollbackPolicy.LastChange(traffic, [.. changes.Where(change => model is null || change.Entry.Model == model)])
            ?? throw new SlipwayException(
                "There is nothing to roll back: neither a model's version nor the release has changed since the last rollback. " +
                $"Name a version with --to=<version>; ./build.sh --target=History{environment.Argument} lists them.");
        return await RollBackAsync(plan, traffic?.Desired, cancellation);
    }

    /// <summary>Rolls back the last traffic move, whatever has happened to models since.</summary>
    public async Task<string> LastMoveAsync(CancellationToken cancellation)
    {
        if (await RolloutToTakeBackAsync(cancellation) is { } rollout)
        {
            var back = await TakeBackAsync(rollout, cancellation);
            if (rollout.Plan!.Model is null)
                return back;
            report.Line(back);
        }
        var traffic = (await MovedAsync(cancellation))?.Desired;
        var plan = RollbackPolicy.LastMove(traffic)
            ?? throw new SlipwayException(
                "There is no traffic move to roll back: the release has not changed since the last rollback. " +
                $"Roll back a model with --what={RollbackArguments.Model} --model=<name>; deploy a release with ./build.sh --target=Deploy{environment.Argument}");
        return await RollBackAsync(plan, traffic, cancellation);
    }

    /// <summary>The rollout that is running, or was halted so that a person decides.</summary>
    private async Task<DesiredTraffic?> RolloutToTakeBackAsync(CancellationToken cancellation)
    {
        var desired = await environment.Traffic.ReadAsync(cancellation);
        var state = await environment.Traffic.StateAsync(cancellation);
        return RolloutInProgress.Of(desired, state) is not null || (state is { Phase: TrafficPhase.Halted, Rollout: { } halted } && halted.Plan.Id == desired?.Plan?.Id)
            ? desired
            : null;
    }

    private async Task<string> TakeBackAsync(DesiredTraffic rollout, CancellationToken cancellation)
    {
        var (plan, stable) = (rollout.Plan!, rollout.Color.Other());
        await report.StepAsync($"Take rollout {plan.Id} back", async _ =>
        {
            var asked = await environment.Traffic.RequestAsync(
                stable, TrafficAction.Rollback, release: null, by, reason ?? $"Rollback of rollout {plan.Id}.", cancellation);
            await environment.WaitForTrafficAsync(asked.Desired.Revision, cancellation);
        });
        var what = $"Rollout {plan.Id} of {RolloutDescription.Subject(plan)} was taken back: all its requests are on {stable.Word()}.";
        if (plan.Model is null)
        {
            await environment.ScaleInAsync(rollout.Color, report, cancellation);
            return what;
        }

        // another command that waits for the rollout may be doing the same
        await report.CompleteRolloutAsync(environment, cancellation);
        var blocked = await environment.Completion(report).BlockAsync(plan, rollout.Color, by, reason ?? $"Rollback of rollout {plan.Id}.", cancellation);
        return blocked is null ? what : $"{what} {blocked}";
    }

    /// <summary>The traffic that was last requested, unless a rollout of it ended without moving any.</summary>
    private async Task<StoredTraffic?> MovedAsync(CancellationToken cancellation)
    {
        var last = await environment.Traffic.LastAsync(cancellation);
        return last?.Desired.Plan is { Model: null } plan
            && await environment.Traffic.StateAsync(cancellation) is { Phase: TrafficPhase.RolledBack, Rollout: { } rollout } && rollout.Plan.Id == plan.Id
            ? null
            : last;
    }

    private async Task<string> RollBackAsync(RollbackPlan plan, DesiredTraffic? seen, CancellationToken cancellation)
    {
        report.Line($"The last change was made at {plan.ChangedAt:u}: {Describe(plan)}.");
        if (plan is VersionRollback version)
            return await ToVersionAsync(version.Model, version.To, version.Head, cancellation);

        return await environment.AloneAsync(TargetNames.Rollback, by, report, async alone =>
            (await environment.Traffic.ReadAsync(alone))?.Revision == seen?.Revision
                ? await TrafficAsync((TrafficRollback)plan, alone)
                : throw new SlipwayException($"Another command has just moved traffic, so nothing was rolled back. See ./build.sh --target=Status{environment.Argument}, and run this again."),
            cancellation);
    }

    private async Task<string> TrafficAsync(TrafficRollback undo, CancellationToken cancellation)
    {
        var release = await environment.PrepareColorAsync(undo.To, report, cancellation);
        await report.StepAsync($"Roll traffic back to {undo.To.Word()}", async _ =>
        {
            var asked = await environment.Traffic.RequestAsync(
                undo.To, TrafficAction.Rollback, release, by, reason ?? $"Rollback from {undo.From.Word()}.", cancellation);
            await environment.WaitForTrafficAsync(asked.Desired.Revision, cancellation);
        });
        await environment.ScaleInAsync(undo.From, report, cancellation);
        return $"Rolled traffic back from {undo.From.Word()} to {undo.To.Word()}, release {release}.";
    }

    private static string Describe(RollbackPlan plan) => plan switch
    {
        TrafficRollback traffic => $"traffic moved to {traffic.From.Word()}",
        VersionRollback version => $"'{version.Model}' moved from version {version.To} to {version.From}",
        _ => plan.ToString(),
    };
}
