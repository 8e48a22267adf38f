using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Slipway.EndToEnd.Tests.Aws;

/// <summary>The emulator as a process of its own, with everything that it starts.</summary>
internal sealed partial class Emulator : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _said = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Emulator(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Url => Address(Ready());

    /// <summary>What it said last, for whoever has to find out what went wrong.</summary>
    public string LastWords
    {
        get
        {
            lock (_said)
                return $"The emulator said last:\n{string.Join('\n', _said.TakeLast(80))}";
        }
    }

    public string PublicUrl => Address(LoadBalancer());

    /// <summary>Starts one on free ports. Ignores the test where it can not run.</summary>
    public static async Task<Emulator> StartAsync(string work)
    {
        var emulator = new Emulator(Begin(new(
            "python3", [Path.Combine(BuildHost.Repository, "tests", "Aws", "Emulator"), "--port=0", "--public-port=0", $"--work={work}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }));
        await emulator._ready.Task.WaitAsync(Patience, TimeProvider.System);
        if (emulator._process.HasExited)
        {
            var said = string.Join('\n', emulator._said);
            await emulator.DisposeAsync();
            // another Python than it is written for does not even read it
            if (said.Contains("pip install", StringComparison.Ordinal) || said.Contains("SyntaxError", StringComparison.Ordinal) || said.Contains("ImportError", StringComparison.Ordinal) || said.Contains("ModuleNotFoundError", StringComparison.Ordinal))
                Assert.Ignore($"The emulator cannot run. It needs Python 3.11 or later, and pip install 'moto[server]'\n{said}");
            Assert.Fail($"The emulator ended at its start:\n{said}");
        }

        return emulator;
    }

    private static Process Begin(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Ignore("Python is missing. The emulator needs 3.11 or later, and pip install 'moto[server]'");
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            using var deadline = new CancellationTokenSource(Patience);
            await _process.WaitForExitAsync(deadline.Token);
        }

        TestContext.Out.WriteLine(LastWords);
        _process.Dispose();
    }

    private string Address(Regex line)
    {
        lock (_said)
            return _said.Select(said => line.Match(said)).First(match => match.Success).Groups[1].Value;
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            _ready.TrySetResult(); // it has ended
            return;
        }

        lock (_said)
            if (!line.Contains(" HTTP/1.1\" ", StringComparison.Ordinal))
                _said.Add(line);
        if (Ready().IsMatch(line))
            _ready.TrySetResult();
    }

    [GeneratedRegex(@"^Emulator ready: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Ready();

    [GeneratedRegex(@"^Load balancer: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex LoadBalancer();
}
