using System.Diagnostics;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>
/// The benchmark, a process of its own that prints its progress to this console. Its input ends when it is to stop, also because this process is
/// gone; its errors are read here, because they are the reason why the target fails.
/// </summary>
/// <param name="stopTimeout">How long it may take to stop what it started.</param>
public sealed class BenchmarkProgram(TimeSpan stopTimeout, TimeProvider time)
{
    // something that it started could keep the pipe open
    private static readonly TimeSpan ErrorTimeout = TimeSpan.FromSeconds(5);

    /// <exception cref="SlipwayException">It failed.</exception>
    public async Task RunAsync(IReadOnlyList<string> command, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardError = true })
            ?? throw new SlipwayException("The benchmark program did not start.");
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
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
        if (process.ExitCode != 0)
            throw new SlipwayException(await ReasonAsync(errors) is { Length: > 0 } reason ? reason : $"The benchmark program ended with exit code {process.ExitCode} and printed no reason.");
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
        }
    }

    private async Task<string> ReasonAsync(Task<string> errors)
    {
        try
        {
            return (await errors.WaitAsync(ErrorTimeout, time)).Trim();
        }
        catch (TimeoutException)
        {
            return "";
        }
    }
}
