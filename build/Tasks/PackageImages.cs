using Slipway.Build.Environments;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Images.Pushing;

namespace Slipway.Build.Tasks;

[TaskDescription("Builds the two images of this tree, model and gateway, unless they exist already.")]
public sealed class PackageImages : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        if (context.Images.EndsWithPush)
            PushPolicy.RequireCommit(context.Git.Source());

        using var stop = new StopSignal();
        var release = await stop.RunAsync(
            token => context.Images.Packaging(token).PackageAsync(context.Images.Tag, context.Report), "Stopped before the images were built.");
        context.Report.ShowPackaged(release, context.Paths);
        context.Job.Summarize(ImagesSummary.Report("Packaged", release));
    }
}
