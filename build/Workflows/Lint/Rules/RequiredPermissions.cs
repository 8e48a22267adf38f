using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>A job must have the permissions that its actions need, and no more for AWS credentials and attestations.</summary>
public sealed class RequiredPermissions : IWorkflowRule
{
    public string Name => "needed-permission";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        files.Jobs.Where(job => job.Uses is null).SelectMany(job => Check(job, [.. PermissionSet.NeededBy(job, files)]));

    private IEnumerable<WorkflowFinding> Check(JobDefinition job, IReadOnlyList<(string Name, string Level, StepDefinition Step)> needs)
    {
        foreach (var need in needs.Where(need => !PermissionSet.Grants(job, need.Name, need.Level)))
            yield return need.Step.Uses!.Wrong(Name, $"This needs a permission that the job '{job.Id}' lacks. Add to its permissions: {need.Name}: {need.Level}");
        if (PermissionSet.Grants(job, PermissionSet.Identity, "write") && needs.All(need => need.Name != PermissionSet.Identity))
            yield return job.Permissions!.Wrong(Name, $"The job '{job.Id}' assumes no role and attests nothing. Remove {PermissionSet.Identity}: write");
    }
}
