using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>
/// A cache that one job of a pull request writes is restored by the next job, whatever code it has checked out. Therefore a job of a pull request
/// whose token can write must not restore caches.
/// </summary>
public sealed class CachesOfPullRequests : IWorkflowRule
{
    private const string Trigger = "pull_request";

    private static readonly string[] Caches = ["actions/cache", "actions/cache/restore"];

    // the first assumes roles for pull requests, the second uploads findings about them
    private static readonly string[] MadeForPullRequests = [PermissionSet.Identity, "security-events"];

    public string Name => "cache-of-pull-request";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from workflow in files.Workflows
        where workflow.Triggers.ContainsKey(Trigger)
        from job in workflow.Jobs
        where PermissionSet.Stated(job).Any(permission => permission.Level == "write" && !MadeForPullRequests.Contains(permission.Name))
        from step in job.Steps
        where Takes(step, files)
        select step.Uses!.Wrong(Name, $"The token of the job '{job.Id}' can write, but this restores a cache that code of the pull request can write to. Remove the cache here");

    private static bool Takes(StepDefinition step, WorkflowFiles files) =>
        files.ActionOf(step) is { } action ? action.Steps.Any(inner => Takes(inner, files) && !TurnedOff(inner, step)) : Caches.Any(step.IsAction);

    // the caller sets the condition's input to false
    private static bool TurnedOff(StepDefinition inner, StepDefinition caller) =>
        inner.If?.Text is { } condition
        && caller.With?.Fields.Any(given => given.Text == "false" && condition.Trim() == $"inputs.{given.Name} == 'true'") == true;
}
