using Slipway.Build.Cli.Output;

namespace Slipway.Build.Tasks;

[TaskDescription("Compiles what a release is made of, trainer, server and gateway, in Release, warnings as errors.")]
public sealed class BuildRelease : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) =>
        context.Report.Step("Build trainer, server and gateway", step => context.DotNet.Build(context.Paths.Release, step.Now));
}
