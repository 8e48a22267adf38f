using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Watching;

namespace Slipway.Build.Tasks;

[TaskDescription("Watches for new datasets, then trains on them, runs the gates and publishes the results. Stop with Ctrl+C.")]
[IsDependentOn(typeof(BuildRelease))]
[Takes(nameof(Arguments.Environment))]
public sealed class Watch : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        var environment = context.Environments.OpenLocal(nameof(Watch), "there, a dataset that arrives in the bucket starts a training job automatically.");
        environment.RequireStore();
        var models = new RepositoryModels(context.Paths.Models);
        var host = new WatchHost(environment, models, token => environment.TrainerBuildAsync(context.Releases.Trainer(environment), token), context.Settings.Local.ReadyTimeout, context.Report);
        await new LocalWatch(environment, models, host, context.Report).RunAsync(context.EnvironmentName, stop.Token);
    }
}
