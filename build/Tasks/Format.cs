using Slipway.Build.Cli.Output;
using Slipway.Registry;

namespace Slipway.Build.Tasks;

[TaskDescription("Checks that every file is formatted according to .editorconfig. Changes nothing.")]
public sealed class Format : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        var problems = context.Report.Step("Check the format", step => context.DotNet.FormatProblems(context.Paths.Solution, step));
        foreach (var problem in problems)
        {
            context.Report.Line($"  {problem.File}:{problem.Line}:{problem.Column}  {problem.Message}");
            context.Job.Annotate(problem);
        }

        if (problems.Count > 0)
            throw new SlipwayException("Some files are not formatted according to .editorconfig, see above. Run 'dotnet format' to fix them.");
    }
}
