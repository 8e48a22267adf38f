using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>A workflow grants nothing, so that every job has to declare what it needs.</summary>
public sealed class WorkflowPermissions : IWorkflowRule
{
    public string Name => "workflow-permissions";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from workflow in files.Workflows
        let permissions = workflow.Value["permissions"]
        where permissions is not { IsMapping: true } || permissions.Fields.Any()
        select (permissions ?? workflow.Value).Wrong(Name, "A workflow must not grant permissions to all of its jobs. Write permissions: {} at the top, and in each job the permissions that it needs.");
}
