using System.Text.Json;
using Slipway.Build.Cli.Configuration;
using Slipway.Registry;

namespace Slipway.Build.Workflows.PullRequests;

/// <summary>The event that started a workflow, as far as it concerns a pull request.</summary>
/// <param name="Number">Null if there is no pull request, as for a merge group.</param>
/// <param name="MayWrite">False if GitHub gives the workflow a read-only token: for forks and for Dependabot.</param>
public sealed record PullRequestEvent(int? Number, bool MayWrite)
{
    private const string Dependabot = "dependabot[bot]";

    /// <exception cref="SlipwayException">It cannot be read.</exception>
    public static PullRequestEvent Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return Of(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new SlipwayException($"The event that started this workflow cannot be read from {EnvironmentVariables.GitHubEvent}={path}: {e.Message}", e);
        }
    }

    private static PullRequestEvent Of(JsonElement json) =>
        Child(json, "pull_request") is not { } pull ? new(null, MayWrite: true) : new(
            Child(pull, "number") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) && value > 0 ? value : null,
            // a fork that has been deleted has no repository any more
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
