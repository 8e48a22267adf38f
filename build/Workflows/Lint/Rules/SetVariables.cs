using Slipway.Build.Workflows.Lint.Reading;
using Slipway.Build.Workflows.Lint.Shell;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>The shell takes a variable that nobody set for an empty word.</summary>
public sealed class SetVariables : IWorkflowRule
{
    public string Name => "set-variable";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from step in files.Steps
        let run = step.Run
        where run is not null
        from variable in ShellVariables.In(run.Text ?? "")
        where !ShellVariables.IsGiven(variable) && step.Variable(variable) is null
        select run.Wrong(Name, $"Nobody sets ${variable}. Write it below env: of the step.");
}
