using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>A runner starts with an empty folder: build.sh and this repository's actions do not exist before the checkout.</summary>
public sealed class CheckoutFirst : IWorkflowRule
{
    public const string Action = "actions/checkout";

    public string Name => "checkout-first";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from job in files.Jobs
        from step in job.Steps.TakeWhile(step => !step.IsAction(Action))
        where step.Uses?.Text?.StartsWith("./", StringComparison.Ordinal) == true || step.BuildCall is not null
        select step.Value.Wrong(Name, $"This repository has not been checked out yet. Begin the job with a step that uses {Action}.");
}
