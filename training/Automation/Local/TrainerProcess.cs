using System.Diagnostics;
using System.Text;
using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>The trainer as a process on this machine, at work in a prepared folder.</summary>
/// <param name="trainer">Path of the trainer's assembly.</param>
public sealed class TrainerProcess(string trainer, TimeSpan timeout, TimeProvider time)
{
    // SageMaker keeps as much of the failure file as its FailureReason.
    private const int LongestFailure = 1024;

    // Ctrl+C in a terminal reaches the trainer as well, and it may be the first to end: that is no failure of the job.
    private static readonly TimeSpan SignalGrace = TimeSpan.FromMilliseconds(250);

    /// <param name="root">The folder of the job.</param>
    /// <param name="output">Gets each line that the trainer prints.</param>
    /// <returns>Why the job failed; null when it completed and its files are in the folder.</returns>
    public async Task<string?> RunAsync(string root, Action<string> output, CancellationToken cancellation) =>
        (await RunToEndAsync(root, output, cancellation)).Failure;

    /// <summary>The same, for whoever wants to know whether the trainer gave up or was killed.</summary>
    public async Task<TrainerEnd> RunToEndAsync(string root, Action<string> output, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        using var process = Start(root, output);
        try
        {
            await process.WaitForExitAsync(either.Token);
            if (process.ExitCode == 0)
                return new(Failure: null);

            await Task.Delay(SignalGrace, time, cancellation);
            return Reason(root) is { } reason
                ? new(reason)
                : new($"The trainer ended with exit code {process.ExitCode} and gave no reason.", Died: true);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            return new($"The job ran longer than {timeout} and was ended.");
        }
    }

    private Process Start(string root, Action<string> output)
    {
        var start = new ProcessStartInfo("dotnet", [trainer, "train", $"--root={root}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        var process = Process.Start(start) ?? throw new SlipwayException($"The trainer '{trainer}' did not start.");
        process.OutputDataReceived += (_, line) => Forward(line.Data);
        process.ErrorDataReceived += (_, line) => Forward(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        TrainerRecord.Write(root, process);
        return process;

        void Forward(string? line)
        {
            if (line is not null)
                output(line);
        }
    }

    private static string? Reason(string root)
    {
        var path = Path.Combine(root, "output/failure");
        if (!File.Exists(path))
            return null;

        var reason = File.ReadAllText(path).Trim();
        return reason.Length switch { 0 => null, <= LongestFailure => reason, _ => reason[..LongestFailure] };
    }
}

/// <param name="Failure">Why there is no model; null when there is one.</param>
/// <param name="Died">It ended without a word: it was killed, or could not even start.</param>
public sealed record TrainerEnd(string? Failure, bool Died = false);
