using Slipway.Build.Cli.Output;

namespace Slipway.Build.Tasks;

[TaskDescription("Compiles what a benchmark compares a release with, and the load that it puts on both, in Release.")]
public sealed class BuildContestants : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) =>
        context.Report.Step("Build contestants and load", step => context.DotNet.Build(context.Paths.BenchmarkProject, step.Now));
}
