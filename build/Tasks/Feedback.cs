using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Reports;

namespace Slipway.Build.Tasks;

[TaskDescription("Stores the true labels of predictions from a CSV file, and shows how good the model is on them.")]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.RegisteredModel), Required = true)]
[Takes(nameof(Arguments.LabelFile), Required = true)]
public sealed class Feedback : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped before the end. What was read is stored; run it again to store the rest.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation)
    {
        var model = context.Required(Arguments.RegisteredModel);
        context.Required(Arguments.LabelFile);
        var path = context.ExistingFile(Arguments.LabelFile)!;
        var environment = await context.Environments.OpenAsync(cancellation);
        var labels = new EnvironmentFeedback(environment, context.Report);
        await labels.ImportAsync(model, path, cancellation);
        context.Report.ShowMonitoredQuality(model, await labels.JoinAsync(model, cancellation));
    }
}
