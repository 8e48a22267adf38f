using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Slipway.Aws.Tests.Fixtures;

/// <summary>
/// A program that tests need and that announces when it is ready. One that cannot be started, exits, or never announces it counts as missing:
/// the test is skipped, with instructions and the program's output.
/// </summary>
internal sealed class AnnouncingProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _program;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource<Match> _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _saidBefore = [];

    private AnnouncingProcess(Process process, string program, TimeProvider time) => (_process, _program, _time) = (process, program, time);

    /// <summary>Where the announcement was found.</summary>
    public Match Announcement { get; private set; } = Match.Empty;

    /// <param name="howToGet">What is missing without this program, and how to install it.</param>
    /// <param name="hear">Receives every line of both streams, one at a time.</param>
    /// <exception cref="IgnoreException">It does not run here.</exception>
    public static async Task<AnnouncingProcess> StartAsync(ProcessStartInfo start, Regex announcement, string howToGet, TimeProvider? time = null, Action<string>? hear = null)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var process = new AnnouncingProcess(Begin(start, howToGet), start.FileName, time ?? TimeProvider.System);
        if (await process.IsReadyAsync(announcement, hear))
            return process;

        var how = process._process.HasExited ? $"ended with exit code {process._process.ExitCode}" : $"was not ready within {Timeout.TotalSeconds:0} s";
        await process.KillAsync();
        var problem = $"{howToGet}{Environment.NewLine}{start.FileName} {how}:{Environment.NewLine}{string.Join(Environment.NewLine, process._saidBefore)}";
        Assert.Ignore(problem);
        throw new InvalidOperationException(problem);
    }

    /// <summary>Sends it the signal to end.</summary>
    /// <exception cref="TimeoutException">It did not, and was killed with all that it had started.</exception>
    public async ValueTask DisposeAsync()
    {
        var asked = !OperatingSystem.IsWindows() && !_process.HasExited;
        if (asked)
        {
            PosixSignals.Terminate(_process.Id);
            using var late = new CancellationTokenSource(Timeout, _time);
            await _process.WaitForExitAsync(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (await KillAsync() && asked)
            throw new TimeoutException($"{_program} did not end within {Timeout.TotalSeconds:0} s of being asked to.");
    }

    private static Process Begin(ProcessStartInfo start, string howToGet)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            Assert.Ignore($"{howToGet}{Environment.NewLine}{e.Message}");
            throw;
        }
    }

    private async Task<bool> IsReadyAsync(Regex announcement, Action<string>? hear)
    {
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await Task.WhenAny(_announced.Task, _process.WaitForExitAsync()).WaitAsync(Timeout, _time);
        }
        catch (TimeoutException)
        {
            return false;
        }

        if (!_announced.Task.IsCompleted)
            return false;
        Announcement = await _announced.Task;
        return true;

        void Take(string? line)
        {
            if (line is null)
                return;
            lock (_saidBefore)
            {
                if (!_announced.Task.IsCompleted)
                    _saidBefore.Add(line);
                // before the code that waits for the announcement reads the output
                hear?.Invoke(line);
            }

            if (announcement.Match(line) is { Success: true } match)
                _announced.TrySetResult(match);
        }
    }

    /// <returns>Whether it had to be.</returns>
    private async Task<bool> KillAsync()
    {
        var runs = !_process.HasExited;
        if (runs)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        return runs;
    }
}
