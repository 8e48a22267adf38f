using System.Text.RegularExpressions;
using Slipway.Build.Cli.Configuration;
using Slipway.Registry;

namespace Slipway.Build.Workflows.PullRequests;

/// <summary>The URL of GitHub's REST API, the repository, and the token.</summary>
/// <param name="Api">Ends with a slash.</param>
/// <param name="Repository"><c>owner/name</c></param>
public sealed partial record GitHubAccess(Uri Api, string Repository, string Token)
{
    private const string PublicApi = "https://api.github.com";

    /// <param name="variable">The value of an environment variable; null if it is not set.</param>
    /// <exception cref="SlipwayException">Something is missing, or would send the token where others can read it.</exception>
    public static GitHubAccess Of(Func<string, string?> variable)
    {
        var address = variable(EnvironmentVariables.GitHubApi) ?? PublicApi;
        if (!Uri.TryCreate($"{address.TrimEnd('/')}/", UriKind.Absolute, out var api) || api.Scheme != Uri.UriSchemeHttps && !(api.Scheme == Uri.UriSchemeHttp && api.IsLoopback))
            throw new SlipwayException($"{EnvironmentVariables.GitHubApi} must be a URL that begins with https://, not '{address}', because a token is sent there.");
        var repository = variable(EnvironmentVariables.GitHubRepository);
        if (repository is null || !Name().IsMatch(repository))
            throw new SlipwayException($"{EnvironmentVariables.GitHubRepository} must be owner/name, not '{repository}'. GitHub's runner sets it.");
        var token = variable(EnvironmentVariables.GitHubToken) ?? throw new SlipwayException(
            $"{EnvironmentVariables.GitHubToken} is not set. Pass it to the step with 'env: {EnvironmentVariables.GitHubToken}: ${{{{ github.token }}}}', and 'pull-requests: write' to its job.");
        // an exception about an invalid header would show the token
        return token.All(letter => letter is > ' ' and <= '~') ? new(api, repository, token) : throw new SlipwayException($"{EnvironmentVariables.GitHubToken} is not a token: it contains spaces or characters that are not ASCII.");
    }

    // a record prints its members
    public override string ToString() => $"{Repository} at {Api}";

    [GeneratedRegex(@"^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$")]
    private static partial Regex Name();
}
