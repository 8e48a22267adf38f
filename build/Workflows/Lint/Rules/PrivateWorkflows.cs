using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>Workflows that others call start with an underscore, and have no other trigger.</summary>
public sealed class PrivateWorkflows : IWorkflowRule
{
    public string Name => "private-workflow";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files)
    {
        foreach (var workflow in files.Workflows)
        {
            var triggers = workflow.Triggers;
            if (!workflow.IsPrivate && triggers.TryGetValue(WorkflowDefinition.Called, out var called))
                yield return called.Wrong(Name, $"Other workflows call this one. Rename it to _{workflow.File.Name}, or remove {WorkflowDefinition.Called}.");
            if (workflow.IsPrivate && !(triggers.Count == 1 && triggers.ContainsKey(WorkflowDefinition.Called)))
                yield return (workflow.Value["on"] ?? workflow.Value).Wrong(Name, $"According to its name, only other workflows call this one. Write on: with {WorkflowDefinition.Called} only, or rename it to {workflow.File.Name.TrimStart('_')}.");
            if (workflow.IsPrivate && files.Unreadable.Count == 0 && !files.CallersOf(workflow).Any())
                yield return workflow.Value.Wrong(Name, "No workflow calls this one. Remove it.");
        }
    }
}
