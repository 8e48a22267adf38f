using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>Every program that runs after the checkout can read a token that it leaves in the clone's configuration.</summary>
public sealed class CheckoutCredentials : IWorkflowRule
{
    public string Name => "checkout-credentials";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from step in files.Steps
        where step.IsAction(CheckoutFirst.Action) && step.With?["persist-credentials"]?.Text != "false"
        select step.Uses!.Wrong(Name, "This leaves the job's token on the disk. Write below with: persist-credentials: false");
}
