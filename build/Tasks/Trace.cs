using Slipway.Build.Cli;
using Slipway.Build.Environments.Reports;
using Slipway.PredictionLogs;
using Slipway.Registry;
using Slipway.Registry.Predictions;

namespace Slipway.Build.Tasks;

[TaskDescription("Traces a prediction to its model version, training job, dataset, commit and gates, and to who promoted the version.")]
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
        using var report = context.Summarized("Trace of a prediction");
        report.ShowTrace(traced, release);
        if (!traced.Authentic)
            throw new SlipwayException("This id was not created by a server of this environment, or was modified: it proves nothing of the above.");
    }
}
