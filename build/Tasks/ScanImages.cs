using Slipway.Build.Environments.Reports;

namespace Slipway.Build.Tasks;

[TaskDescription("Scans the images of this tree and audits its NuGet packages, and says by build/scan-policy.json whether they may be released.")]
[IsDependentOn(typeof(PackageImages))]
public sealed class ScanImages : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(
            token =>
            {
                try
                {
                    context.Images.Scanning(token).Scan();
                }
                finally
                {
                    context.Job.SummarizeScan(context.Images.Files, context.Paths);
                }

                return Task.CompletedTask;
            },
            "Stopped before every image was scanned, so none has passed.");
    }
}
