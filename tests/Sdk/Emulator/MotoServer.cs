using System.Collections.Concurrent;
using System.Diagnostics;
using Amazon.Runtime;

namespace Slipway.Sdk.Tests.Emulator;

/// <summary>The moto emulator of AWS as a process of its own, on a free port of this machine.</summary>
internal sealed class MotoServer : IDisposable
{
    private const string Announcement = "Running on ";
    private const string Installation = "moto_server does not run here, so there is no AWS to call: pip install 'moto[server]'";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly TaskCompletionSource<string> _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _said = new();

    private MotoServer(Process process) => _process = process;

    public string Url { get; private set; } = "";

    public static async Task<MotoServer> StartAsync()
    {
        var start = new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", "0"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            var server = new MotoServer(Process.Start(start)!);
            await server.AnnouncedAsync();
            return server;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore(Installation);
            throw;
        }
    }

    public T Configure<T>(T config) where T : ClientConfig
    {
        config.ServiceURL = Url;
        config.AuthenticationRegion = "eu-west-1";
        return config;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task AnnouncedAsync()
    {
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            var ended = _process.WaitForExitAsync();
            if (await Task.WhenAny(_announced.Task, ended).WaitAsync(Limit, TimeProvider.System) == ended)
                Assert.Ignore($"{Installation}{Environment.NewLine}{string.Join(Environment.NewLine, _said)}");
            Url = await _announced.Task;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private void Hear(string? line)
    {
        _said.Enqueue(line ?? "");
        if (line?.IndexOf(Announcement, StringComparison.Ordinal) is >= 0 and var at) _announced.TrySetResult(line[(at + Announcement.Length)..].Trim());
    }
}
