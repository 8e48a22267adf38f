using Slipway.Gateway.Options;
using Slipway.Registry;

namespace Slipway.Gateway.Listening;

/// <summary>
/// <c>--health=&lt;url&gt;</c>: asks another process of this image how it is, for images without a shell. Exit code 0 or 1.
/// A path alone asks the private listener that this environment describes.
/// </summary>
public static class HealthQuestion
{
    private const string Switch = "--health=";

    public static async Task<int?> AskAsync(string[] arguments)
    {
        if (arguments is not [var argument] || !argument.StartsWith(Switch, StringComparison.OrdinalIgnoreCase))
            return null;
        var question = argument[Switch.Length..];
        using var client = DirectHttpClient.Create(TimeSpan.FromSeconds(5));
        try
        {
            using var answer = await client.GetAsync(question.StartsWith('/') ? OwnAddress() + question : question);
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or InvalidOperationException or UriFormatException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    // listening on all addresses includes this one
    private static string OwnAddress() =>
        (Environment.GetEnvironmentVariable($"SLIPWAY_{nameof(GatewayOptions.PrivateUrl)}") is { Length: > 0 } url ? url : "http://127.0.0.1:8081")
            .TrimEnd('/')
            .Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://[::]", "://127.0.0.1", StringComparison.Ordinal);
}
