using Slipway.Build.Cli;
using Slipway.Build.Environments.Reports;
using Slipway.Registry;
using Slipway.Registry.Predictions;

namespace Slipway.Build.Tasks;

[TaskDescription("Tells how a prediction came about: version, training job, dataset, commit, gates, and who promoted it.")]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.Prediction), Required = true)]
public sealed class Trace : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        var environment = await context.Environments.OpenAsync(CancellationToken.None);
        var ids = new PredictionIds(await environment.PredictionKeyAsync(CancellationToken.None));
        var traced = await new PredictionTrace(environment.Store, ids, environment.Signatures).FindAsync(context.Required(Arguments.Prediction));
        var release = traced.Manifest?.Lineage is { } lineage
            ? await environment.Releases.FindAsync(lineage.Environment.Image, lineage.Source, CancellationToken.None)
            : null;
        using var report = context.Summarized("How a prediction came about");
        report.ShowTrace(traced, release);
        if (!traced.Authentic)
            throw new SlipwayException("This id was not made by a server of this environment, or was changed: nothing above is proven by it.");
    }
}
