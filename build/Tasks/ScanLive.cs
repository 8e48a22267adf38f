using Slipway.Build.Cli;

namespace Slipway.Build.Tasks;

[TaskDescription("Scans again, with today's vulnerability data, the images that an environment runs, by digest; judged by the same policy as a release.")]
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
