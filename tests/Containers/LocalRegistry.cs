using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Slipway.Containers.Tests;

/// <summary>A real registry on a free port of this machine's loopback, empty at its start. Engines trust 127.0.0.0/8 without TLS.</summary>
internal sealed class LocalRegistry : IAsyncDisposable
{
    private const string Program = "/usr/bin/docker-registry";

    private readonly Process _process;
    private readonly string _folder;

    private LocalRegistry(Process process, string folder, string host) => (_process, _folder, Host) = (process, folder, host);

    /// <summary><c>127.0.0.1:port</c>, the first part of an image's name.</summary>
    public string Host { get; }

    /// <exception cref="IgnoreException">No registry is installed.</exception>
    public static async Task<LocalRegistry> StartAsync()
    {
        if (!File.Exists(Program))
            Assert.Ignore("These tests need a registry (Debian: apt-get install docker-registry).");

        var folder = Directory.CreateTempSubdirectory("slipway-registry-").FullName;
        var host = $"127.0.0.1:{FreePort()}";
        var configuration = Path.Combine(folder, "registry.yml");
        await File.WriteAllTextAsync(configuration, $"""
            version: 0.1
            log: {"{"} level: error {"}"}
            storage:
              filesystem: {"{"} rootdirectory: {folder}/data {"}"}
              delete: {"{"} enabled: true {"}"}
            http:
              addr: {host}
            """);
        var process = Process.Start(new ProcessStartInfo(Program, ["serve", configuration]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var registry = new LocalRegistry(process, folder, host);
        using var http = new HttpClient();
        await Wait.ForAsync(() => AnswersAsync(http, host), () => "the registry answers.");
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string host)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://{host}/v2/"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
