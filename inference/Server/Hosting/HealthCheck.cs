namespace Slipway.Inference;

/// <summary>Asks a URL once: the health check of images that have no shell and no curl.</summary>
public static class HealthCheck
{
    public const string Switch = "--health=";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>The exit code: 0 for any answer that says success.</returns>
    public static async Task<int> RunAsync(string url, TextWriter error)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            await error.WriteLineAsync($"'{url}' is no URL: --health=http://127.0.0.1:8080/v2/health/ready.");
            return 2;
        }

        using var client = new HttpClient { Timeout = Patience };
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
}
