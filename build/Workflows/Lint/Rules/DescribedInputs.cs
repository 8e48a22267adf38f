using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>The inputs of a workflow must be described for those who start it manually or call it.</summary>
public sealed class DescribedInputs : IWorkflowRule
{
    private static readonly string[] Described = ["inputs", "outputs", "secrets"];

    public string Name => "described-input";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from owner in files.Workflows.SelectMany(workflow => workflow.Triggers.Values).Concat(files.Actions.Select(action => action.Value))
        from kind in Described
        from one in owner[kind]?.Fields ?? []
        where string.IsNullOrWhiteSpace(one["description"]?.Text)
        select one.Wrong(Name, $"'{one.Name}' is not described. Write description: with one sentence.");
}
