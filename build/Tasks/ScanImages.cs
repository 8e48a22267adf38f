using Slipway.Build.Environments;
using Slipway.Build.Environments.Reports;

namespace Slipway.Build.Tasks;

[TaskDescription("Scans the images of this tree, audits its NuGet packages, and checks the findings against build/scan-policy.json.")]
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
