using System.Diagnostics;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>
/// The benchmark, a separate process that prints its progress to this console. It stops when its input ends, which also happens if this process
/// is killed. Its error output is read here, because it contains the reason why the target fails.
/// </summary>
/// <param name="stopPatience">How long it may take to stop what it started.</param>
public sealed class BenchmarkProgram(TimeSpan stopPatience, TimeProvider time)
{
    // a process that it started could keep the pipe open
    private static readonly TimeSpan ErrorPatience = TimeSpan.FromSeconds(5);

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
        using var deadline = new CancellationTokenSource(stopPatience, time);
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
            return (await errors.WaitAsync(ErrorPatience, time)).Trim();
        }
        catch (TimeoutException)
        {
            return "";
        }
    }
}
