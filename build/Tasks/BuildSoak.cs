using Slipway.Build.Cli.Output;

namespace Slipway.Build.Tasks;

[TaskDescription("Compiles the soak in Release.")]
public sealed class BuildSoak : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.Report.Step("Build the soak", step => context.DotNet.BuildToRun(context.Paths.SoakProject, step.Now));
}
