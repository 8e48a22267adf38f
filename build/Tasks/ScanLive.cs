using Slipway.Build.Cli;
using Slipway.Build.Environments;

namespace Slipway.Build.Tasks;

[TaskDescription("Scans the images that an environment is running, by digest, with current vulnerability data and the same policy as for a release.")]
[Takes(nameof(Arguments.Environment))]
public sealed class ScanLive : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped before every image was scanned, so none has passed.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation) =>
        await context.Images.LiveScanning(cancellation).ScanAsync(await context.Environments.OpenAsync(cancellation), cancellation);
}
