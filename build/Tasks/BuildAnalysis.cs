using Slipway.Build.Cli.Output;

namespace Slipway.Build.Tasks;

[TaskDescription("Compiles the program that queries the prediction log in Release.")]
public sealed class BuildAnalysis : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) =>
        context.Report.Step("Build the analysis program", step => context.DotNet.BuildToRun(context.Paths.AnalysisProject, step.Now));
}
