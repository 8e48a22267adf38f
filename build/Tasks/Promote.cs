using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Rollouts;

namespace Slipway.Build.Tasks;

[TaskDescription("Completes the running or halted rollout without waiting for its verdict, or approves its next step.")]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.Step))]
[Takes(nameof(Arguments.Reason))]
public sealed class Promote : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped before the rollout was complete. The gateway goes on without this command: Status shows it.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation)
    {
        var environment = await context.Environments.OpenAsync(cancellation);
        var promotion = new RolloutPromotion(environment, context.Report, context.By, context.Value(Arguments.Reason));
        try
        {
            context.Report.Line(await (context.IsSet(Arguments.Step) ? promotion.ApproveAsync(cancellation) : promotion.PromoteAsync(cancellation)));
        }
        finally
        {
            await context.Job.SummarizeRolloutAsync(environment, cancellation);
        }
    }
}
