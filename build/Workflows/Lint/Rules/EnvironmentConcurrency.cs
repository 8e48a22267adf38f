using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>
/// Jobs that change an environment run one at a time and to their end. The group is set on one level only: caller and called workflow in the same group
/// would wait for each other, and with two groups it is unclear which runs exclude each other.
/// </summary>
public sealed class EnvironmentConcurrency : IWorkflowRule
{
    // GitHub does not nest deeper
    private const int Depth = 4;

    public string Name => "concurrency";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        files.Jobs.Where(EnvironmentChanges.Changes).SelectMany(job => Check(job, files, [], Depth)).Distinct();

    private IEnumerable<WorkflowFinding> Check(JobDefinition job, WorkflowFiles files, IReadOnlyList<YamlValue> below, int depth)
    {
        var here = new[] { job.Concurrency, job.Workflow.Concurrency }.OfType<YamlValue>().ToList();
        foreach (var group in here.Where(group => group["cancel-in-progress"]?.Text != "false"))
            yield return group.Wrong(Name, "A job that changes an environment must never be cancelled. Write group: and cancel-in-progress: false");
        if (here.Count > 0 && below.Count > 0)
            yield return here[0].Wrong(Name, $"{below[0].File.Name} has concurrency already. Remove it on one of the two levels.");

        IReadOnlyList<YamlValue> all = [.. below, .. here];
        var callers = files.CallersOf(job.Workflow).ToList();
        if (callers.Count == 0 && all.Count == 0)
            yield return job.Value.Wrong(Name, $"The job '{job.Id}' changes an environment, and two of them may run at once. Write concurrency: with group: <what>-<environment> and cancel-in-progress: false");
        if (depth == 0)
            yield break;
        foreach (var finding in callers.SelectMany(caller => Check(caller, files, all, depth - 1)))
            yield return finding;
    }
}
