using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

public sealed class JobPermissions : IWorkflowRule
{
    public string Name => "job-permissions";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from job in files.Jobs
        where job.Permissions is not { IsMapping: true }
        select job.Permissions is { Text: { Length: > 0 } all } permissions
            ? permissions.Wrong(Name, $"'{all}' is more than any job needs. Name each permission, such as contents: read")
            : job.Value.Wrong(Name, $"The job '{job.Id}' does not declare its permissions. Write permissions: with what it needs, such as contents: read, or permissions: {{}}");
}
