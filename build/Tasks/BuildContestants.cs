using Slipway.Build.Cli.Output;

namespace Slipway.Build.Tasks;

[TaskDescription("Compiles the benchmark with its baselines and load generator in Release.")]
public sealed class BuildContestants : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) =>
        context.Report.Step("Build benchmark, baselines and load generator", step => context.DotNet.BuildToRun(context.Paths.BenchmarkProject, step.Now));
}
