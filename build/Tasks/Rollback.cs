using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Rollbacks;
using Slipway.Build.Environments.Rollouts;

namespace Slipway.Build.Tasks;

[TaskDescription("Rolls back the last change (traffic or a model's version), the last traffic shift, or a model to a version.")]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.What))]
[Takes(nameof(Arguments.RegisteredModel))]
[Takes(nameof(Arguments.To))]
[Takes(nameof(Arguments.Reason))]
public sealed class Rollback : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        var rollback = new RollbackReporter(context.EnvironmentName, context.Report, context.Job, TimeProvider.System);
        await stop.RunAsync(
            token => rollback.RunAsync(context.Environments.OpenAsync, (environment, inner) => RollBackAndSummarizeAsync(context, environment, inner), token),
            "Stopped before the rollback was complete. Status and History show how far it got.");
    }

    private static async Task<string> RollBackAndSummarizeAsync(BuildContext context, SlipwayEnvironment environment, CancellationToken cancellation)
    {
        var done = await RollBackAsync(context, environment, cancellation);
        await context.Job.SummarizeRolloutAsync(environment, cancellation);
        return done;
    }

    private static async Task<string> RollBackAsync(BuildContext context, SlipwayEnvironment environment, CancellationToken cancellation)
    {
        var rollback = new EnvironmentRollback(environment, context.Report, context.By, context.Value(Arguments.Reason));
        if (context.Value(Arguments.What) == RollbackArguments.Traffic)
            return await rollback.LastMoveAsync(cancellation);
        if (context.Number(Arguments.To) is { } version)
            return await rollback.ToVersionAsync(await context.Models.RegisteredAsync(environment, cancellation), version, cancellation);
        return await rollback.LastChangeAsync(
            context.Value(Arguments.RegisteredModel) is null ? null : await context.Models.RegisteredAsync(environment, cancellation), cancellation);
    }
}
