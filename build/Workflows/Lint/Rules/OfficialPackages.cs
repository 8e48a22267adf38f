using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>Jobs that change an AWS environment must use the official packages, whatever the package feed lacks.</summary>
public sealed class OfficialPackages : IWorkflowRule
{
    private const string Variable = "StandIns";

    public string Name => "official-packages";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from job in files.Jobs.Where(EnvironmentChanges.Ships)
        where !job.Steps.Where(step => step.BuildCall is not null).All(step => step.Variable(Variable) == "none")
        select job.Value.Wrong(Name, $"The job '{job.Id}' deploys. Write env: with {Variable}: none, so that it never uses stand-ins for AWS packages.");
}
