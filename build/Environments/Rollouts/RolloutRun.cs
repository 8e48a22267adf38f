using Slipway.Automation.Rollouts;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Rollouts;

/// <summary>Waits for a rollout that was requested, and shows what came of it.</summary>
public sealed class RolloutRun(SlipwayEnvironment environment, IProgressReport report)
{
    /// <exception cref="RolloutRefusedException">It ended without a promotion; the evidence was shown.</exception>
    /// <exception cref="SlipwayException">The gateway has stopped reporting.</exception>
    public async Task CompleteAsync(DesiredTraffic asked, CancellationToken cancellation)
    {
        if (asked.Plan is not { } plan)
        {
            await environment.WaitForTrafficAsync(asked.Revision, cancellation);
            return;
        }

        var end = await report.StepAsync($"Roll out {RolloutDescription.Subject(plan)} to {asked.Color.Word()} (rollout {plan.Id})", async step =>
        {
            var ended = await environment.WaitForRolloutAsync(asked, step, cancellation);
            if (ended.Result != RolloutResult.Promoted)
                step.Fail();
            return ended;
        });
        if (end.Result == RolloutResult.Promoted)
            return;

        if (end.State.Rollout?.Verdict is not null && await environment.Traffic.RolloutAsync(plan.Id, cancellation) is { } record)
            foreach (var section in RolloutReport.Evidence(record))
                report.Show(section);
        throw new RolloutRefusedException(end, environment.Argument);
    }
}
