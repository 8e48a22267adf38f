using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Gates;
using Slipway.Build.Environments.Reports;

namespace Slipway.Build.Tasks;

[TaskDescription("Trains the models affected by a change in isolation, runs their gates, and compares them with the versions that an environment serves.")]
[IsDependentOn(typeof(BuildRelease))]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.Model))]
[Takes(nameof(Arguments.Base))]
public sealed class GateModels : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped before every model was trained. Nothing was published.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation)
    {
        var models = context.Models.Touched();
        context.Models.Trials.Empty();
        using var scratch = context.Environments.OpenScratch(nameof(GateModels));
        var served = new ServedModels(models.Count == 0 ? null : await context.Environments.OpenServedAsync(cancellation), scratch.Environment);
        var trials = await new ModelTrials(context.EnvironmentName, served, scratch.Environment, context.Releases.Trainer(scratch.Environment), context.Report).RunAsync(models, cancellation);
        await context.Report.ShowTrialsAsync(context.Job, context.Models.Trials, context.Paths, context.EnvironmentName, models, trials, scratch.Environment.Store, cancellation);
        TrialsReport.Require(trials);
    }
}
