using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Reports;

namespace Slipway.Build.Tasks;

[TaskDescription("Signs registered versions that lack a signature by the environment's current key.")]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.RegisteredModel))]
public sealed class Sign : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped before the end. Versions that were already signed stay signed; run it again for the others.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation)
    {
        var environment = await context.Environments.OpenAsync(cancellation);
        var models = context.Value(Arguments.RegisteredModel) is null
            ? await environment.Versions.ModelsAsync(cancellation)
            : [await context.Models.RegisteredAsync(environment, cancellation)];
        await context.Report.SignAsync(environment, models, cancellation);
    }
}
