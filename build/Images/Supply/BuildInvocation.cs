using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Images.Supply;

/// <summary>The run that builds an image, as provenance names it.</summary>
/// <param name="Builder">Who is to be trusted: a workflow, by its address and revision, or somebody's machine.</param>
/// <param name="Id">The run; null where nobody keeps one.</param>
/// <param name="Repository">Where the source comes from; null where only the commit is known.</param>
public sealed record BuildInvocation(string Builder, string? Id, string? Repository)
{
    /// <summary>Provenance made on somebody's machine is worth what the machine is worth, and says so.</summary>
    public const string Workstation = "urn:slipway:workstation";

    /// <summary>This run, from what GitHub tells its jobs (https://docs.github.com/actions/reference/variables-reference).</summary>
    /// <param name="variable">The value of an environment variable; null where it is not set.</param>
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
