using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Images.Supply;

/// <summary>The run that builds an image, as provenance describes it.</summary>
/// <param name="Builder">Who has to be trusted: a workflow, by its URL and revision, or somebody's machine.</param>
/// <param name="Id">The run; null if nothing records it.</param>
/// <param name="Repository">The repository of the source; null if only the commit is known.</param>
public sealed record BuildInvocation(string Builder, string? Id, string? Repository)
{
    /// <summary>Provenance that was created on somebody's machine can be trusted no more than that machine, and says so.</summary>
    public const string Workstation = "urn:slipway:workstation";

    /// <summary>This run, from the variables that GitHub sets for its jobs (https://docs.github.com/actions/reference/variables-reference).</summary>
    /// <param name="variable">The value of an environment variable; null if it is not set.</param>
    public static BuildInvocation Of(Func<string, string?> variable)
    {
        if (variable(EnvironmentVariables.GitHubServer) is not { } server || variable(EnvironmentVariables.GitHubRepository) is not { } repository)
            return new(Workstation, null, null);
        var address = $"{server}/{repository}";
        return new(
            variable(EnvironmentVariables.GitHubWorkflow) is { } workflow ? $"{server}/{workflow}" : address,
            variable(EnvironmentVariables.GitHubRun) is { } run ? $"{address}/actions/runs/{run}/attempts/{variable(EnvironmentVariables.GitHubAttempt) ?? "1"}" : null,
            address);
    }
}
