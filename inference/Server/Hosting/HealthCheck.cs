using Slipway.Inference.Options;
using Slipway.Registry;

namespace Slipway.Inference.Hosting;

/// <summary>Asks a URL once: the health check of images that have no shell and no curl.</summary>
public static class HealthCheck
{
    public const string Switch = "--health=";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="question">A URL; or a path alone, for the server that this environment describes.</param>
    /// <returns>The exit code: 0 for any answer that says success.</returns>
    public static async Task<int> RunAsync(string question, TextWriter error)
    {
        var url = question.StartsWith('/') ? OwnAddress() + question : question;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            await error.WriteLineAsync($"'{url}' is no URL: --health=http://127.0.0.1:8080/v2/health/ready.");
            return 2;
        }

        using var client = DirectHttpClient.Create(Patience);
        try
        {
            using var answer = await client.GetAsync(uri);
            if (answer.IsSuccessStatusCode)
                return 0;
            await error.WriteLineAsync($"{url} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await error.WriteLineAsync($"{url} did not answer: {e.Message}");
        }

        return 1;
    }

    // listening on all addresses includes this one
    private static string OwnAddress() =>
        (Environment.GetEnvironmentVariable($"{InferenceOptionsReader.EnvironmentPrefix}{nameof(InferenceOptions.Url)}") is { Length: > 0 } url ? url : new InferenceOptions().Url)
            .TrimEnd('/')
            .Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://[::]", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://*", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://+", "://127.0.0.1", StringComparison.Ordinal);
}
