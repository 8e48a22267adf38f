using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Traces;

namespace Slipway.Build.Tasks;

[TaskDescription("Traces a prediction to its version, training job, dataset, commit and gates; or a dataset, or a row of one, to every version and prediction that it fed.")]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.Prediction))]
[Takes(nameof(Arguments.TracedDataset))]
[Takes(nameof(Arguments.DatasetVersion))]
[Takes(nameof(Arguments.TracedRow))]
[Takes(nameof(Arguments.RegisteredModel))]
public sealed class Trace : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        var asked = TraceRequest.Of(context.Value);
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, asked, token), "Stopped. A trace only reads: nothing was changed.");
    }

    private static async Task RunAsync(BuildContext context, TraceRequest asked, CancellationToken cancellation)
    {
        var environment = await context.Environments.OpenAsync(cancellation);
        using var report = context.Summarized($"Trace of a {asked.What}");
        var traces = new EnvironmentTraces(environment, report);
        if (asked.Prediction is { } prediction)
            await traces.ShowPredictionAsync(prediction, cancellation);
        else if (asked.Dataset is { } dataset)
            await traces.ShowDatasetAsync(
                dataset, context.Paths.FromCaller(dataset), asked.DatasetVersion, context.Value(Arguments.Model), context.Settings.Model, cancellation);
        else
            await traces.ShowRowAsync(await context.Models.RegisteredAsync(environment, cancellation), asked.Row!, cancellation);
    }
}
