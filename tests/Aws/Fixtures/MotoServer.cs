using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;

namespace Slipway.Aws.Tests.Fixtures;

/// <summary>moto's own server on a free port of this machine: started by the first test that needs it, stopped with the assembly.</summary>
public static partial class MotoServer
{
    private const string InstallHint = "moto does not run here, so there is no AWS to call. Get it with: pip install 'moto[server]'";

    private static readonly ConcurrentQueue<string> Requested = [];

    // if it does not run, the single attempt skips every test
    private static readonly Lazy<Task<AnnouncingProcess>> Server = new(StartAsync);

    /// <summary>Its address. Ignores the test if moto does not run.</summary>
    public static async Task<Uri> AddressAsync() => new((await Server.Value).Announcement.Groups["url"].Value);

    /// <summary>The requests to a bucket so far, such as <c>GET /bucket/key</c>.</summary>
    public static IReadOnlyList<string> RequestsTo(string bucket) => [.. Requested.Where(request => request.Split(' ')[1].StartsWith($"/{bucket}", StringComparison.Ordinal))];

    public static async Task<AmazonS3Client> CreateClientAsync() => new(
        new BasicAWSCredentials("test", "test"),
        new AmazonS3Config { ServiceURL = (await AddressAsync()).ToString(), AuthenticationRegion = "us-east-1", ForcePathStyle = true });

    public static async Task StopAsync()
    {
        if (Server.IsValueCreated && Server.Value.IsCompletedSuccessfully)
            await (await Server.Value).DisposeAsync();
    }

    /// <summary>moto's server on a free port, with writes that are one step each: on its own, it loses some of those that many writers make.</summary>
    private static Task<AnnouncingProcess> StartAsync()
    {
        var start = new ProcessStartInfo("python3", [Path.Combine(EmulatorFolder.Path, "plain.py"), "-H", "127.0.0.1", "-p", "0"]);
        start.Environment["PYTHONUNBUFFERED"] = "1";
        return AnnouncingProcess.StartAsync(start, Running(), InstallHint, hear: Hear);
    }

    private static void Hear(string line)
    {
        if (Request().Match(line) is { Success: true } request)
            Requested.Enqueue(request.Groups["request"].Value);
    }

    [GeneratedRegex("\"(?<request>[A-Z]+ \\S+) HTTP/1.1\"")]
    private static partial Regex Request();

    [GeneratedRegex(@"Running on (?<url>http://127\.0\.0\.1:\d+)")]
    private static partial Regex Running();
}
