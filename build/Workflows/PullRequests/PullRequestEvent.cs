using System.Text.Json;
using Slipway.Build.Cli.Configuration;
using Slipway.Registry;

namespace Slipway.Build.Workflows.PullRequests;

/// <summary>What started a workflow, as far as it is about a pull request.</summary>
/// <param name="Number">Null where it is about none, such as for a merge group.</param>
/// <param name="MayWrite">False where GitHub gives the workflow a token that only reads: for forks and for dependabot.</param>
public sealed record PullRequestEvent(int? Number, bool MayWrite)
{
    private const string Dependabot = "dependabot[bot]";

    /// <exception cref="SlipwayException">It can not be read.</exception>
    public static PullRequestEvent Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return Of(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new SlipwayException($"What started this workflow can not be read from {EnvironmentVariables.GitHubEvent}={path}: {e.Message}", e);
        }
    }

    private static PullRequestEvent Of(JsonElement json) =>
        Child(json, "pull_request") is not { } pull ? new(null, MayWrite: true) : new(
            Child(pull, "number") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) && value > 0 ? value : null,
            // a fork that was deleted since has no repository any more
            Child(pull, "head", "repo") is { } head && Child(head, "full_name")?.GetString() == Child(pull, "base", "repo", "full_name")?.GetString()
                && Child(pull, "user", "login")?.GetString() != Dependabot && Child(json, "sender", "login")?.GetString() != Dependabot);

    private static JsonElement? Child(JsonElement parent, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out var child) || child.ValueKind == JsonValueKind.Null)
                return null;
            parent = child;
        }

        return parent;
    }
}
