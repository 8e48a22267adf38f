using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>A job that hangs is ended after six hours otherwise, and its environment is locked until then.</summary>
public sealed class TimeOuts : IWorkflowRule
{
    public string Name => "time-out";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from job in files.Jobs
        where job.Uses is null && job.Value["timeout-minutes"] is null
        select job.Value.Wrong(Name, $"The job '{job.Id}' may hang for hours. Write timeout-minutes: with twice of what it takes.");
}
