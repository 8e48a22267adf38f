using Slipway.Build.Cli;
using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>The build would reject the command line, but only when the workflow runs.</summary>
/// <param name="validator">Accepts values that are only known at run time.</param>
public sealed class ExistingTargets(ArgumentValidator validator) : IWorkflowRule
{
    public string Name => "existing-target";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from step in files.Steps
        let call = step.BuildCall
        where call is not null
        let problem = validator.FirstProblem(call.AtMost) ?? validator.FirstProblem(call.Always)
        where problem is not null
        select step.Run!.Wrong(Name, problem);
}
