using Slipway.Build.Cli.Output;

namespace Slipway.Build.Tasks;

[TaskDescription("Compiles the whole solution in Release, with warnings as errors.")]
public sealed class Build : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) =>
        context.Report.Step("Build the solution", step => context.DotNet.Build(context.Paths.Solution, step.Now));
}
