using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>Something that holds in this repository's workflows and that no general linter knows of.</summary>
public interface IWorkflowRule
{
    /// <summary>As findings name it.</summary>
    string Name { get; }

    IEnumerable<WorkflowFinding> Check(WorkflowFiles files);
}
