using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Slipway.Registry;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Fixtures;

/// <summary>A gateway as a process of its own, on ports that it keeps when it is started again.</summary>
public sealed class GatewayProcess(IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private readonly HttpClient _private = DirectHttpClient.Create(TimeSpan.FromSeconds(5));
    private readonly StringBuilder _output = new();
    private Process? _process;

    public Uri Url { get; } = FreeAddress();

    private Uri PrivateUrl { get; } = FreeAddress();

    /// <summary>Starts it, and returns when it has a healthy server.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(TestContext.CurrentContext.TestDirectory, "Slipway.Gateway.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
            start.Environment[$"SLIPWAY_{name}"] = value;
        // it lives for seconds
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["SLIPWAY_Url"] = Url.ToString().TrimEnd('/');
        start.Environment["SLIPWAY_PrivateUrl"] = PrivateUrl.ToString().TrimEnd('/');
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (await StatusAsync(limit.Token) is not { } status || !status.Colors.Any(color => color.Destinations.Any(server => server.Health == "healthy")))
        {
            Assert.That(_process.HasExited, Is.False, Output);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>As kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        await _process.WaitForExitAsync(limit.Token);
        _process.Dispose();
        _process = null;
    }

    /// <summary>Null if it does not respond.</summary>
    public async Task<TrafficStatus?> StatusAsync(CancellationToken cancellation = default)
    {
        try
        {
            return await _private.GetFromJsonAsync(new Uri(PrivateUrl, "/api/status"), RegistryJson.Default.TrafficStatus, cancellation);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        _private.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }

    private static Uri FreeAddress()
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndPoint!).Port}");
    }
}
