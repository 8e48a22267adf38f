using Slipway.Build.Cli;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>The list of all rules.</summary>
public static class WorkflowRules
{
    public static IReadOnlyList<IWorkflowRule> All(ArgumentValidator validator) =>
    [
        new PinnedActions(),
        new LocalReferences(),
        new CheckoutFirst(),
        new CheckoutCredentials(),
        new WorkflowPermissions(),
        new JobPermissions(),
        new RequiredPermissions(),
        new CalledPermissions(),
        new Timeouts(),
        new EnvironmentConcurrency(),
        new OfficialPackages(),
        new DescribedInputs(),
        new PrivateWorkflows(),
        new SafeTriggers(),
        new CachesOfPullRequests(),
        new OneLineSteps(),
        new ExistingTargets(validator),
        new NoExpressionInShell(),
        new SetVariables(),
        new Dependabot(),
    ];
}
