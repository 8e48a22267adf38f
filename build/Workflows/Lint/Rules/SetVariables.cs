using Slipway.Build.Workflows.Lint.Reading;
using Slipway.Build.Workflows.Lint.Shell;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>The shell replaces an unset variable by an empty string.</summary>
public sealed class SetVariables : IWorkflowRule
{
    public string Name => "set-variable";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from step in files.Steps
        let run = step.Run
        where run is not null
        from variable in ShellVariables.In(run.Text ?? "")
        where !ShellVariables.IsGiven(variable) && step.Variable(variable) is null
        select run.Wrong(Name, $"${variable} is not set. Set it under env: of the step.");
}
