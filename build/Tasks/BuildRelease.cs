using Slipway.Build.Cli.Output;
using Slipway.Build.Tools;

namespace Slipway.Build.Tasks;

[TaskDescription("Compiles the components of a release (trainer, server and gateway) in Release, with warnings as errors.")]
public sealed class BuildRelease : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.Report.Step("Build trainer, server and gateway", step =>
    {
        var record = new ReleaseBuildRecord(context.Paths, context.Git.Head);
        var sources = record.Sources();
        if (record.Holds(sources))
        {
            step.Note("They are built already.");
            return;
        }

        context.DotNet.BuildToRun(context.Paths.Release, step.Now);
        // unless the sources changed in the meantime
        if (sources == record.Sources())
            record.Write(sources);
    });
}
