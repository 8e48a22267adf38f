using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>A job that hangs is otherwise cancelled after six hours, and keeps its environment locked until then.</summary>
public sealed class Timeouts : IWorkflowRule
{
    public string Name => "time-out";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from job in files.Jobs
        where job.Uses is null && job.Value["timeout-minutes"] is null
        select job.Value.Wrong(Name, $"The job '{job.Id}' may hang for hours. Write timeout-minutes: with twice the time that it takes.");
}
