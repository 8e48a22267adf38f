using Slipway.Build.Cli.Output;

namespace Slipway.Build.Tasks;

[TaskDescription("Compiles the components of a release (trainer, server and gateway) in Release, with warnings as errors.")]
public sealed class BuildRelease : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) =>
        context.Report.Step("Build trainer, server and gateway", step => context.DotNet.Build(context.Paths.Release, step.Now));
}
