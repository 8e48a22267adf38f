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

    /// <param name="root">The folder of the job.</param>
    /// <param name="output">Gets each line that the trainer prints.</param>
    /// <returns>Why the job failed; null when it completed and its files are in the folder.</returns>
    public async Task<string?> RunAsync(string root, Action<string> output, CancellationToken cancellation)
    {
        var exit = await RunToEndAsync(root, output, cancellation);
        return exit == 0 ? null : Failure(root) ?? $"The trainer ended with exit code {exit} and gave no reason.";
    }

    private async Task<int> RunToEndAsync(string root, Action<string> output, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        var start = new ProcessStartInfo("dotnet", [trainer, "train", $"--root={root}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start) ?? throw new SlipwayException($"The trainer '{trainer}' did not start.");
        process.OutputDataReceived += (_, line) => Forward(line.Data);
        process.ErrorDataReceived += (_, line) => Forward(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            await File.WriteAllTextAsync(
                Path.Combine(root, "output/failure"), $"The job ran longer than {timeout} and was ended.", CancellationToken.None);
            return process.ExitCode;
        }

        void Forward(string? line)
        {
            if (line is not null)
                output(line);
        }
    }

    private static string? Failure(string root)
    {
        var path = Path.Combine(root, "output/failure");
        if (!File.Exists(path))
            return null;

        var reason = File.ReadAllText(path).Trim();
        return reason.Length switch { 0 => null, <= LongestFailure => reason, _ => reason[..LongestFailure] };
    }
}
