using Slipway.Build.Cli;
using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>The build would refuse the command line; better here than at night.</summary>
/// <param name="validator">Takes what only a run knows for right.</param>
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
