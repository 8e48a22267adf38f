using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Workflows.Lint.Reading;
using Slipway.Build.Workflows.Lint.Shell;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>Which jobs change an environment: those with <c>environment:</c>, and those whose target does so.</summary>
public static class EnvironmentChanges
{
    private static readonly string[] Targets = [TargetNames.Deploy, TargetNames.Train, TargetNames.Register, TargetNames.Promote, TargetNames.Rollback, TargetNames.Sign, TargetNames.ApplyInfra];

    public static bool Changes(JobDefinition job) => job.Environment is not null || Calls(job, Targets);

    /// <summary>Whether anything that the job builds will be deployed.</summary>
    public static bool Ships(JobDefinition job) => Changes(job) ? job.Steps.Any(step => step.BuildCall is not null) : Calls(job, [TargetNames.PushImages]);

    private static bool Calls(JobDefinition job, string[] targets) =>
        job.Steps.Select(step => step.BuildCall).OfType<BuildCall>().Any(call =>
            targets.Contains(call.Target, StringComparer.OrdinalIgnoreCase) && call.Always.Value(Arguments.Environment) != EnvironmentList.Local);
}
