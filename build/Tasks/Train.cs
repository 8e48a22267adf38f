namespace Slipway.Build;

[TaskDescription("Trains a model, shows its metrics and the gates' verdict, and publishes it when they pass.")]
[IsDependentOn(typeof(Build))]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.Model))]
[Takes(nameof(Arguments.Dataset))]
public sealed class Train : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        var environment = await context.OpenEnvironmentAsync(CancellationToken.None);
        await using var held = await environment.LockAsync(nameof(Train), context.By, context.Report, CancellationToken.None);
        var training = new ModelTraining(environment, context.TrainerBuild(environment), context.Report);
        var version = await training.TrainAsync(context.ModelFolder, context.ExistingFile(Arguments.Dataset), CancellationToken.None);
        await context.Report.ShowPublishedAsync(environment, context.ModelName, version, CancellationToken.None);
    }
}
