using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>https://docs.github.com/actions/reference/security/secure-use: it runs code from a stranger with the repository's secrets.</summary>
public sealed class SafeTriggers : IWorkflowRule
{
    private const string Forbidden = "pull_request_target";

    public string Name => "safe-trigger";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from workflow in files.Workflows
        where workflow.Triggers.ContainsKey(Forbidden)
        select workflow.Triggers[Forbidden].Wrong(Name, $"{Forbidden} runs a stranger's code with this repository's permissions. Write pull_request");
}
