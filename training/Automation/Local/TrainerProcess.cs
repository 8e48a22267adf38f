using System.Diagnostics;
using System.Text;
using Slipway.Registry;

namespace Slipway.Automation.Local;

/// <summary>The trainer as a process on this machine, working in a prepared folder.</summary>
/// <param name="trainer">Path of the trainer's assembly.</param>
public sealed class TrainerProcess(string trainer, TimeSpan timeout, TimeProvider time) : ITrainerProgram
{
    // Ctrl+C in a terminal also reaches the trainer, which may be the first to exit: that is not a failure of the job.
    private static readonly TimeSpan SignalGrace = TimeSpan.FromMilliseconds(250);

    public async Task<TrainerEnd> RunToEndAsync(string root, Action<string> output, CancellationToken cancellation)
    {
        using var deadline = new Deadline(timeout, time, cancellation);
        using var process = Start(root, output);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            if (process.ExitCode == 0)
                return new(Failure: null);

            await Task.Delay(SignalGrace, time, cancellation);
            return TrainerEnd.Of(root, process.ExitCode);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            return TrainerEnd.Late(timeout);
        }
    }

    /// <summary>Requests from a trainer which library trains its boosted trees on this machine.</summary>
    /// <returns>Null if the trainer does not have the command, because it predates the choice.</returns>
    public async Task<string?> LibraryAsync(CancellationToken cancellation)
    {
        using var deadline = new Deadline(timeout, time, cancellation);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [trainer, "library"]) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new SlipwayException($"The trainer '{trainer}' did not start.");
        try
        {
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            var answer = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await errors;
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode == 0 ? answer.Trim() : null;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return null;
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
}
