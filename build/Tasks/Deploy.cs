using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Environments.Rollouts;
using Slipway.Build.Environments.Training;
using Slipway.Registry;

namespace Slipway.Build.Tasks;

[TaskDescription("Builds, trains models that have no version yet, starts both colors and the gateway, then rolls the release out.")]
[IsDependentOn(typeof(BuildRelease))]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.Port))]
[Takes(nameof(Arguments.Fleet))]
[Takes(nameof(Arguments.Retry))]
[Takes(nameof(Arguments.Fault))]
public sealed class Deploy : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped before the release was deployed. A rollout that had begun goes on without this command: Status shows it, and Deploy waits for it again.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation)
    {
        var environment = await context.Environments.OpenAsync(cancellation);
        await environment.AloneAsync(nameof(Deploy), context.By, context.Report, alone => RunAsync(context, environment, alone), cancellation);
    }

    private static async Task RunAsync(BuildContext context, SlipwayEnvironment environment, CancellationToken cancellation)
    {
        await context.Report.CompleteRolloutAsync(environment, cancellation);
        var models = ModelFolder.All(context.Paths.Models);
        var release = context.Releases.AddAll(environment);
        var deployment = await environment.BeginDeploymentAsync(
            release, context.Releases.Trainer(release.Trainer), models, context.Report, cancellation);
        var training = new ModelTraining(environment, deployment.Trainer, context.Report);
        var failure = await training.TrainMissingAsync(models, cancellation);
        await context.Job.SummarizeTrainingAsync(environment, training.Outcomes, context.Paths, cancellation);

        await context.Report.RepairCatalogsAsync(environment, cancellation);
        var before = await environment.Traffic.ReadAsync(cancellation);
        var result = await RunAsync(context, environment, deployment, cancellation);
        await context.Report.ShowDeploymentAsync(environment, result, context.Models.Name, cancellation);
        await context.Job.SummarizeDeploymentAsync(environment, result, before, cancellation);
        if (Both(failure, result.Failure) is { } both)
            throw both;
    }

    private static async Task<DeploymentResult> RunAsync(BuildContext context, SlipwayEnvironment environment, IDeployment deployment, CancellationToken cancellation)
    {
        try
        {
            return await deployment.RunAsync(context.IsSet(Arguments.Retry), cancellation);
        }
        finally
        {
            await context.Job.SummarizeRolloutAsync(environment, cancellation);
        }
    }

    private static SlipwayException? Both(SlipwayException? training, SlipwayException? serving) => (training, serving) switch
    {
        // without their inner exceptions: a gate that failed too does not decide the exit code
        ({ } one, { } other) => new($"{one.Message}\n{other.Message}"),
        _ => training ?? serving,
    };
}
