using System.Diagnostics;
using Slipway.Registry;

namespace Slipway.Benchmarks.Contestants;

/// <summary>Runs a program to its end. One that takes too long is ended, with what it started.</summary>
public static class ProgramRun
{
    private static readonly TimeSpan ProofTimeout = TimeSpan.FromSeconds(20);

    /// <returns>False also if it does not exist, or does not end within 20 s.</returns>
    public static async Task<bool> SucceedsAsync(IReadOnlyList<string> command, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await OutputAsync(command, ProofTimeout, time, cancellation);
            return true;
        }
        catch (SlipwayException)
        {
            return false;
        }
    }

    /// <returns>What it printed to its output.</returns>
    /// <exception cref="SlipwayException">It does not exist, failed, or did not end in time.</exception>
    public static async Task<string> OutputAsync(IReadOnlyList<string> command, TimeSpan timeout, TimeProvider time, CancellationToken cancellation)
    {
        using var deadline = new Deadline(timeout, time, cancellation);
        using var process = Start(command);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token));
            await Task.WhenAll(output, errors, process.WaitForExitAsync(deadline.Token));
            return process.ExitCode == 0 ? await output : throw new SlipwayException($"{command[0]} ended with exit code {process.ExitCode}: {(await errors).Trim()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new SlipwayException($"{command[0]} did not end within {timeout.TotalSeconds:0} s.");
        }
    }

    private static Process Start(IReadOnlyList<string> command)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new SlipwayException($"{command[0]} could not be started: {e.Message}", e);
        }
    }
}
