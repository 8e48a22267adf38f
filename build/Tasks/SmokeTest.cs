using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.SmokeTests;

namespace Slipway.Build.Tasks;

[TaskDescription("Calls an environment's gateway as a client would: every live model, over both protocols, on both colors, and checks the predictions against golden sets.")]
[Takes(nameof(Arguments.Environment))]
public sealed class SmokeTest : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped before every request was sent. Nothing was changed.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation) => await new EnvironmentSmokeTest(
        await context.Environments.OpenAsync(cancellation), gateway => new(gateway, TimeProvider.System), context.Report, context.Job).RunAsync(cancellation);
}
