using Slipway.Hosting.Options;
using Slipway.Registry;

namespace Slipway.Hosting.Health;

/// <summary>
/// <c>--health=&lt;url&gt;</c>: requests a URL once; the health check of images without a shell and curl. A path alone is requested from the service that the environment variables describe.
/// </summary>
/// <param name="Option">The option with the service's address.</param>
/// <param name="Address">The service's address if the option is not set.</param>
public sealed record HealthCheck(string Option, string Address, TimeSpan Timeout)
{
    private const string Switch = "--health=";

    /// <returns>The exit code: 0 for a successful response, 1 for any other or none, 2 for an invalid URL. Null if the arguments do not contain the switch.</returns>
    public async Task<int?> ProbeAsync(IReadOnlyList<string> arguments, TextWriter error)
    {
        if (arguments is not [var first, ..] || !first.StartsWith(Switch, StringComparison.OrdinalIgnoreCase))
            return null;
        var question = first[Switch.Length..];
        var url = question.StartsWith('/') ? OwnAddress() + question : question;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            await error.WriteLineAsync($"'{url}' is not a URL: {Switch}http://127.0.0.1:8080/v2/health/ready.");
            return 2;
        }

        using var client = DirectHttpClient.Create(Timeout);
        try
        {
            using var answer = await client.GetAsync(uri);
            if (answer.IsSuccessStatusCode)
                return 0;
            await error.WriteLineAsync($"{url} returned {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or NotSupportedException)
        {
            await error.WriteLineAsync($"{url} cannot be reached: {e.Message}");
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
