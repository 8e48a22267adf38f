using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Slipway.EndToEnd.Tests;

/// <summary>A target that runs until it is stopped, and its output so far.</summary>
internal sealed class RunningTarget : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly SemaphoreSlim _said = new(0);

    public RunningTarget(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    /// <summary>Waits for a line; bounded.</summary>
    public async Task<string> Says(string pattern)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        while (true)
        {
            if (Output.Split('\n').FirstOrDefault(line => Regex.IsMatch(line, pattern)) is { } found)
                return found;
            try
            {
                await _said.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new AssertionException($"It did not say '{pattern}' within {Timeout}, but:\n{Output}");
            }
        }
    }

    /// <summary>As by Ctrl+C or a service manager.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Stop()
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id.ToString(CultureInfo.InvariantCulture)}"]);
        await WaitForEnd();
        return _process.ExitCode;
    }

    /// <summary>Like <c>kill -9</c>: the process cannot react to it.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await WaitForEnd();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await Kill();
        TestContext.Out.WriteLine(Output);
        _process.Dispose();
        _said.Dispose();
    }

    private async Task WaitForEnd()
    {
        using var deadline = new CancellationTokenSource(Timeout);
        await _process.WaitForExitAsync(deadline.Token);
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
            _lines.Add(line);
        _said.Release();
    }
}
