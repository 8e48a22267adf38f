using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Environments.Training;

namespace Slipway.Build.Tasks;

[TaskDescription("Trains a model, shows its metrics and gate results, and publishes it if the gates pass.")]
[IsDependentOn(typeof(BuildRelease))]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.Model))]
[Takes(nameof(Arguments.Dataset))]
[Takes(nameof(Arguments.AllModels))]
public sealed class Train : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        if (context.IsSet(Arguments.AllModels) && (context.Value(Arguments.Model) ?? context.Value(Arguments.Dataset)) is not null)
            throw new UsageException($"{Arguments.AllModels.Flag} trains every model on its newest dataset: omit {Arguments.Model.Flag} and {Arguments.Dataset.Flag}.");
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped before the end. A rollout that had begun goes on without this command: Status shows it.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation)
    {
        var environment = await context.Environments.OpenAsync(cancellation);
        await environment.AloneAsync(nameof(Train), context.By, context.Report, alone => RunAsync(context, environment, alone), cancellation);
    }

    private static async Task RunAsync(BuildContext context, SlipwayEnvironment environment, CancellationToken cancellation)
    {
        var training = new ModelTraining(environment, context.Releases.Trainer(environment), context.Report);
        if (context.IsSet(Arguments.AllModels))
        {
            await training.TrainAllAsync(ModelFolder.All(context.Paths.Models), cancellation);
            return;
        }

        try
        {
            var version = await training.TrainAsync(context.Models.Folder, context.ExistingFile(Arguments.Dataset), cancellation);
            await context.Report.ShowPublishedAsync(environment, context.Models.Name, version, cancellation);
        }
        finally
        {
            await context.Job.SummarizeTrainingAsync(environment, training.Outcomes, context.Paths, cancellation);
        }
    }
}
