namespace Slipway.Build;

/// <summary>Which jobs change an environment: those with <c>environment:</c>, and those whose target does so.</summary>
public static class EnvironmentChanges
{
    private static readonly string[] Targets = [nameof(Deploy), nameof(Train), nameof(Register), nameof(Rollback), nameof(Sign), nameof(ApplyInfra)];

    public static bool Changes(JobDefinition job) => job.Environment is not null || Calls(job, Targets);

    /// <summary>Whether anything that the job builds will serve somebody.</summary>
    public static bool Ships(JobDefinition job) => Changes(job) ? job.Steps.Any(step => step.BuildCall is not null) : Calls(job, [nameof(PushImages)]);

    private static bool Calls(JobDefinition job, string[] targets) =>
        job.Steps.Select(step => step.BuildCall).OfType<BuildCall>().Any(call =>
            targets.Contains(call.Target, StringComparer.OrdinalIgnoreCase) && call.Always.Value(Arguments.Environment) != LocalEnvironment.DefaultName);
}
