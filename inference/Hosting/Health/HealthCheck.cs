using Slipway.Hosting.Options;
using Slipway.Registry;

namespace Slipway.Hosting.Health;

/// <summary>
/// <c>--health=&lt;url&gt;</c>: asks a URL once, the health check of images that have no shell and no curl. A path alone asks the service that this environment describes.
/// </summary>
/// <param name="Option">Names the service's address in the environment.</param>
/// <param name="Address">Where the service listens when the environment does not say.</param>
public sealed record HealthCheck(string Option, string Address, TimeSpan Timeout)
{
    private const string Switch = "--health=";

    /// <returns>The exit code: 0 for any answer that says success, 1 for others and for none, 2 for what is no URL. Null when the arguments ask for something else.</returns>
    public async Task<int?> ProbeAsync(IReadOnlyList<string> arguments, TextWriter error)
    {
        if (arguments is not [var first, ..] || !first.StartsWith(Switch, StringComparison.OrdinalIgnoreCase))
            return null;
        var question = first[Switch.Length..];
        var url = question.StartsWith('/') ? OwnAddress() + question : question;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            await error.WriteLineAsync($"'{url}' is no URL: {Switch}http://127.0.0.1:8080/v2/health/ready.");
            return 2;
        }

        using var client = DirectHttpClient.Create(Timeout);
        try
        {
            using var answer = await client.GetAsync(uri);
            if (answer.IsSuccessStatusCode)
                return 0;
            await error.WriteLineAsync($"{url} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or NotSupportedException)
        {
            await error.WriteLineAsync($"{url} did not answer: {e.Message}");
        }

        return 1;
    }

    // listening on all addresses includes this one
    private string OwnAddress() =>
        (Environment.GetEnvironmentVariable(OptionNames.Variable(Option)) is { Length: > 0 } url ? url : Address)
            .TrimEnd('/')
            .Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://[::]", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://*", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://+", "://127.0.0.1", StringComparison.Ordinal);
}
