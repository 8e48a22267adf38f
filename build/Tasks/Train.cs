using Slipway.Registry;

namespace Slipway.Build;

[TaskDescription("Trains a model, shows its metrics and the gates' verdict, and publishes it when they pass.")]
[IsDependentOn(typeof(Build))]
[Takes("environment")]
[Takes("model")]
[Takes("dataset")]
public sealed class Train : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        var environment = context.OpenLocalEnvironment();
        using var held = environment.Lock(nameof(Train));
        var model = context.ModelFolder(context.ModelName);
        var outcome = await context.TrainAsync(environment, model, context.ExistingFile(Arguments.Dataset), context.AddReleases(environment).Trainer);
        context.Report.ShowOutcome(model.Name, outcome);

        if (outcome.Version is { } version && environment.Servers.Count > 0)
            await context.Report.StepAsync($"Waiting until the servers answer with version {version}", async _ =>
            {
                await environment.WaitUntilServingAsync(model.Name, version, context.Settings.Local.ReadyTimeout, CancellationToken.None);
                return true;
            });
    }
}
