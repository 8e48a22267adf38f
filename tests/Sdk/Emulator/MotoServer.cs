using System.Text.RegularExpressions;
using Amazon.Runtime;
using Slipway.Aws.Tests.Fixtures;

namespace Slipway.Sdk.Tests.Emulator;

/// <summary>The AWS emulator moto as a separate process, on a free port of this machine.</summary>
internal sealed partial class MotoServer : IAsyncDisposable
{
    private const string InstallHint = "moto_server does not run here, so there is no AWS to call. Get it with: pip install 'moto[server]'";

    private readonly AnnouncingProcess _process;

    private MotoServer(AnnouncingProcess process) => _process = process;

    public static async Task<MotoServer> StartAsync() =>
        new(await AnnouncingProcess.StartAsync(new("moto_server", ["-H", "127.0.0.1", "-p", "0"]), Running(), InstallHint));

    public T Configure<T>(T config) where T : ClientConfig
    {
        config.ServiceURL = _process.Announcement.Groups["url"].Value;
        config.AuthenticationRegion = "eu-west-1";
        return config;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex(@"Running on (?<url>http://127\.0\.0\.1:\d+)")]
    private static partial Regex Running();
}
