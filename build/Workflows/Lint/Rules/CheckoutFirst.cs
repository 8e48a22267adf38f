using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>A runner begins with an empty folder: neither build.sh nor an action of this repository is there before it is checked out.</summary>
public sealed class CheckoutFirst : IWorkflowRule
{
    public const string Action = "actions/checkout";

    public string Name => "checkout-first";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from job in files.Jobs
        from step in job.Steps.TakeWhile(step => !step.IsAction(Action))
        where step.Uses?.Text?.StartsWith("./", StringComparison.Ordinal) == true || step.BuildCall is not null
        select step.Value.Wrong(Name, $"Nothing of this repository is on the runner yet. Begin the job with a step that uses {Action}.");
}
