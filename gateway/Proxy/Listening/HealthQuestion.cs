namespace Slipway.Gateway;

/// <summary><c>--health=&lt;url&gt;</c>: asks another process of this image how it is, for images without a shell. Exit code 0 or 1.</summary>
public static class HealthQuestion
{
    private const string Switch = "--health=";

    public static async Task<int?> AskAsync(string[] arguments)
    {
        if (arguments is not [var argument] || !argument.StartsWith(Switch, StringComparison.OrdinalIgnoreCase))
            return null;
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync(argument[Switch.Length..]);
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or InvalidOperationException or UriFormatException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }
}
