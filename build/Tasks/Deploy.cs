namespace Slipway.Build;

[TaskDescription("Brings the whole way up: build, train what is not registered yet, start both colors and the gateway, move traffic.")]
[IsDependentOn(typeof(Build))]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.Port))]
public sealed class Deploy : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        var environment = await context.OpenEnvironmentAsync(CancellationToken.None);
        await using var held = await environment.LockAsync(nameof(Deploy), context.By, context.Report, CancellationToken.None);
        var models = ModelFolder.All(context.Paths.Models);
        var release = context.AddReleases(environment);
        var deployment = await environment.BeginDeploymentAsync(
            release, context.TrainerBuild(release.Trainer), models, context.Report, CancellationToken.None);
        var failure = await new ModelTraining(environment, deployment.Trainer, context.Report).TrainMissingAsync(models, CancellationToken.None);

        var result = await deployment.RunAsync(CancellationToken.None);
        await context.Report.ShowDeploymentAsync(environment, result, context.ModelName, CancellationToken.None);
        if (failure is not null)
            throw failure;
    }
}
