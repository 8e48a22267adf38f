using System.Diagnostics;
using System.Text;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>
/// The benchmark or the soak, a separate process that prints its progress to this console. It stops when its input ends, which also happens if this process
/// is killed. Its error output is read here, because it contains the reason why the target fails.
/// </summary>
/// <param name="name">What it is, in messages: <c>benchmark</c>.</param>
/// <param name="stopTimeout">How long it may take to stop what it started before it is killed.</param>
/// <param name="warn">Receives what a user must know after it was killed.</param>
public sealed class MeasuringProgram(string name, TimeSpan stopTimeout, Action<string> warn, TimeProvider time)
{
    // a process that it started could keep the pipe open
    private static readonly TimeSpan ErrorTimeout = TimeSpan.FromSeconds(5);

    /// <exception cref="RefusedException">It worked, and its result is negative.</exception>
    /// <exception cref="SlipwayException">It failed.</exception>
    public async Task RunAsync(IReadOnlyList<string> command, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardError = true })
            ?? throw new SlipwayException($"The {name} program did not start.");
        var errors = new StringBuilder();
        var reading = ReadAsync(process.StandardError, errors);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(process);
        }

        // Ctrl+C reaches both
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode == ExitCodes.Done)
            return;
        var reason = await ReasonAsync(reading, errors) is { Length: > 0 } printed ? printed : $"The {name} program ended with exit code {process.ExitCode} and printed no reason.";
        throw process.ExitCode == ExitCodes.Refused ? new RefusedException(reason) : new SlipwayException(reason);
    }

    private async Task StopAsync(Process process)
    {
        using var deadline = new CancellationTokenSource(stopTimeout, time);
        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            warn($"The {name} did not stop within {Elapsed.Text(stopTimeout)} and was killed. The next one stops whatever this one left running.");
        }
    }

    private static async Task ReadAsync(StreamReader output, StringBuilder read)
    {
        var part = new char[1024];
        while (await output.ReadAsync(part) is > 0 and var length)
            lock (read)
                read.Append(part, 0, length);
    }

    private async Task<string> ReasonAsync(Task reading, StringBuilder errors)
    {
        // what it printed is the reason, also if the pipe stays open
        await Task.WhenAny(reading, Task.Delay(ErrorTimeout, time));
        lock (errors)
            return errors.ToString().Trim();
    }
}
