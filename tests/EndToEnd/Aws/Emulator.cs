using System.Text.RegularExpressions;
using Slipway.Aws.Tests.Fixtures;

namespace Slipway.EndToEnd.Tests.Aws;

/// <summary>The emulator as a separate process, with everything that it starts.</summary>
internal sealed partial class Emulator : IAsyncDisposable
{
    // its parts have their own tests: if it does not start, the cause is this machine's Python, or an unsupported version of moto
    private const string InstallHint = "The emulator of AWS does not run here. It needs Python 3.11 or later, and: pip install 'moto[server]'";

    private readonly AnnouncingProcess _process;
    private readonly List<string> _said;

    private Emulator(AnnouncingProcess process, List<string> said) => (_process, _said) = (process, said);

    public string Url => _process.Announcement.Groups["url"].Value;

    public string PublicUrl
    {
        get
        {
            lock (_said)
                return _said.Select(said => LoadBalancer().Match(said)).First(match => match.Success).Groups["url"].Value;
        }
    }

    /// <summary>Its last output, to find out what went wrong.</summary>
    public string LastWords
    {
        get
        {
            lock (_said)
                return $"The emulator said last:\n{string.Join('\n', _said.TakeLast(80))}";
        }
    }

    /// <summary>Starts one on free ports. Ignores the test where it cannot run.</summary>
    public static async Task<Emulator> StartAsync(string work)
    {
        var said = new List<string>();
        return new(
            await AnnouncingProcess.StartAsync(
                new("python3", [Path.Combine(BuildHost.Repository, "tests", "Aws", "Emulator"), "--port=0", "--public-port=0", $"--work={work}"]), Ready(), InstallHint, hear: Keep),
            said);

        void Keep(string line)
        {
            lock (said)
                if (!line.Contains(" HTTP/1.1\" ", StringComparison.Ordinal))
                    said.Add(line);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _process.DisposeAsync();
        }
        finally
        {
            TestContext.Out.WriteLine(LastWords);
        }
    }

    [GeneratedRegex(@"^Emulator ready: (?<url>http://127\.0\.0\.1:\d+)")]
    private static partial Regex Ready();

    [GeneratedRegex(@"^Load balancer: (?<url>http://127\.0\.0\.1:\d+)")]
    private static partial Regex LoadBalancer();
}
