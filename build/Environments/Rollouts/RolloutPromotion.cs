using System.Globalization;
using Slipway.Automation.Rollouts;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Rollouts;

/// <summary>Completes a rollout without waiting for its verdict, or approves its next step. It needs no lock: the command that waits for the rollout has it.</summary>
public sealed class RolloutPromotion(SlipwayEnvironment environment, IProgressReport report, string by, string? reason)
{
    /// <returns>What was done, as a sentence.</returns>
    /// <exception cref="SlipwayException">There is no rollout that could be promoted.</exception>
    public async Task<string> PromoteAsync(CancellationToken cancellation)
    {
        var (desired, state) = await FindAsync(cancellation);
        var plan = desired.Plan!;
        var asked = await environment.Traffic.PromoteAsync(desired, step: null, by, reason ?? $"Promotion of rollout {plan.Id}.", cancellation);
        await new RolloutRun(environment, report).CompleteAsync(asked, cancellation);
        await report.CompleteRolloutAsync(environment, cancellation);
        if (plan.Model is null)
            await environment.ScaleInAsync(desired.Color.Other(), report, cancellation);
        return $"Rollout {plan.Id} of {RolloutDescription.Subject(plan)} was promoted{(state?.Phase == TrafficPhase.Halted ? ", although it had been halted" : "")}{(plan.Model is null ? $": {desired.Color.Word()} has all its requests" : "")}.";
    }

    /// <inheritdoc cref="PromoteAsync"/>
    public async Task<string> ApproveAsync(CancellationToken cancellation)
    {
        var (desired, state) = await FindAsync(cancellation);
        var plan = desired.Plan!;
        var current = state?.Rollout is { } rollout && rollout.Plan.Id == plan.Id ? rollout.Step : -1;
        var steps = plan.Steps.Append(plan.Bake).ToList();
        var next = steps.Index().Skip(current + 1).Where(step => step.Item.Approval && step.Index > (desired.ApprovedStep ?? -1)).Select(step => (int?)step.Index).FirstOrDefault();
        if (state?.Phase == TrafficPhase.Halted || next is not { } step)
            throw new SlipwayException(
                $"Rollout {plan.Id} waits for no approval: {state?.Reason ?? "no gateway has reported yet."} To complete it without waiting: ./build.sh --target=Promote{environment.Argument}");

        await environment.Traffic.PromoteAsync(desired, step, by, reason ?? $"Approval of step {step + 1} of rollout {plan.Id}.", cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"Approved {steps[step].Share} % of requests for rollout {plan.Id} of {RolloutDescription.Subject(plan)}.");
    }

    private async Task<(DesiredTraffic Desired, TrafficState? State)> FindAsync(CancellationToken cancellation)
    {
        var desired = await environment.Traffic.ReadAsync(cancellation);
        var state = await environment.Traffic.StateAsync(cancellation);
        if (RolloutInProgress.Of(desired, state) is not null)
            return (desired!, state);
        if (state?.Rollout is not { } ended || ended.Plan.Id != desired?.Plan?.Id)
            throw new SlipwayException($"No rollout is running in '{environment.Name}', so there is nothing to promote. ./build.sh --target=Deploy{environment.Argument} begins one.");
        return state.Phase switch
        {
            TrafficPhase.Halted => (desired, state),
            TrafficPhase.RolledBack => throw new SlipwayException(
                $"Rollout {ended.Plan.Id} of {RolloutDescription.Subject(ended.Plan)} was rolled back, so it cannot be promoted: {state.Reason.TrimEnd('.')}. {Again(ended.Plan)}"),
            _ => throw new SlipwayException($"Rollout {ended.Plan.Id} of {RolloutDescription.Subject(ended.Plan)} has ended: {state.Reason.TrimEnd('.')}. There is nothing left to promote."),
        };
    }

    private string Again(RolloutPlan plan) => plan.Model is { } model
        ? $"To serve that version all the same: ./build.sh --target=Rollback{environment.Argument} --what=model --model={model} --to={plan.Version!.Value.ToString(CultureInfo.InvariantCulture)}"
        : $"To roll it out again: ./build.sh --target=Deploy --retry{environment.Argument}";
}
