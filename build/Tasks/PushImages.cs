using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Reports;

namespace Slipway.Build.Tasks;

[TaskDescription("Pushes the scanned images of this commit to an environment's container registry or another, with SBOM and provenance attached.")]
[IsDependentOn(typeof(ScanImages))]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.Registry))]
public sealed class PushImages : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped. What was already pushed is kept; run the same command again to continue.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation)
    {
        var release = await context.Images.Pushing(cancellation).RunAsync(await context.Images.DestinationAsync(cancellation), cancellation);
        context.Report.Table($"Pushed as {release.Tag}", release.Images.Select(image => KeyValuePair.Create(image.Name, image.Pushed!.Uri)));
        context.Job.SummarizePushed(release);
    }
}
