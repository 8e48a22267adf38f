using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>What changes an environment on AWS does so with the official packages, whatever the feed of the day lacks.</summary>
public sealed class OfficialPackages : IWorkflowRule
{
    private const string Variable = "StandIns";

    public string Name => "official-packages";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from job in files.Jobs.Where(EnvironmentChanges.Ships)
        where !job.Steps.Where(step => step.BuildCall is not null).All(step => step.Variable(Variable) == "none")
        select job.Value.Wrong(Name, $"The job '{job.Id}' deploys. Write env: with {Variable}: none, so that stand-ins for AWS packages never do.");
}
