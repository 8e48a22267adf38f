using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>GitHub puts the value into the script before a shell reads it: the title of a pull request would be a command.</summary>
public sealed class NoExpressionInShell : IWorkflowRule
{
    public string Name => "no-expression-in-shell";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from run in files.Steps.Select(step => step.Run).OfType<YamlValue>()
        where Expressions.Has(run.Text ?? "")
        select run.Wrong(Name, "A value that is inserted into the script can be executed as a command. Write it under env: as NAME: ${{ ... }}, and use \"$NAME\" here.");
}
