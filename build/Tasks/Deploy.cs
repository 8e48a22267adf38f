namespace Slipway.Build;

[TaskDescription("Brings the whole way up: build, train what is not registered yet, start both colors and the gateway, move traffic.")]
[IsDependentOn(typeof(Build))]
[Takes("environment")]
[Takes("port")]
public sealed class Deploy : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        var environment = context.OpenLocalEnvironment();
        using var held = environment.Lock(nameof(Deploy));
        var release = context.AddReleases(environment);
        await context.TrainMissingAsync(environment, release);
        var result = await context.DeployAsync(environment, release);
        await context.Report.ShowDeploymentAsync(environment, result, context.ModelName);
    }
}
