namespace Slipway.Build;

[TaskDescription("Brings the whole way up: build, train what is not registered yet, start both colors and the gateway, move traffic.")]
[IsDependentOn(typeof(Build))]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.Port))]
public sealed class Deploy : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        var environment = context.OpenEnvironment();
        using var held = environment.Lock(nameof(Deploy));
        environment.RequireStore();
        environment.Fleet.RequirePort();
        var release = context.AddReleases(environment);
        var training = new ModelTraining(environment, new(release.Trainer, context.Git.Source(), context.By), context.Report);
        var failure = await training.TrainMissingAsync(ModelFolder.All(context.Paths.Models), CancellationToken.None);

        var result = await new LocalDeployment(environment, context.By, context.Report).RunAsync(release, CancellationToken.None);
        await context.Report.ShowDeploymentAsync(environment, result, context.ModelName, CancellationToken.None);
        if (failure is not null)
            throw failure;
    }
}
