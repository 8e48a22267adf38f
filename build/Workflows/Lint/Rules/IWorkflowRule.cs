using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>A rule for this repository's workflows that no general linter has.</summary>
public interface IWorkflowRule
{
    /// <summary>The name of the rule in findings.</summary>
    string Name { get; }

    IEnumerable<WorkflowFinding> Check(WorkflowFiles files);
}
