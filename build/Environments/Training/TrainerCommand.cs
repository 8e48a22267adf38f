using System.Diagnostics;
using System.Text;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Fleets;
using Slipway.Registry;

namespace Slipway.Build.Environments.Training;

/// <summary>Runs a command of the trainer that is no job.</summary>
/// <param name="timeout">After which it is killed.</param>
/// <param name="late">What to say then.</param>
public sealed class TrainerCommand(FolderRelease trainer, TimeSpan timeout, string late, TimeProvider time)
{
    /// <summary>The command line.</summary>
    public IReadOnlyList<string> Line(params IEnumerable<string> arguments) => [trainer.Assembly("Slipway.Trainer"), .. arguments];

    /// <returns>What it found, one line each. Progress lines begin with the time in brackets.</returns>
    /// <exception cref="SlipwayException">It failed; the message says why.</exception>
    public async Task<List<string>> RunAsync(IReadOnlyList<string> line, IProgressStep step, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", line)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using var deadline = new Deadline(timeout, time, cancellation);
        using var process = Process.Start(start) ?? throw new SlipwayException("The trainer did not start.");
        try
        {
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            var findings = new List<string>();
            while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } printed)
                if (printed.StartsWith('['))
                    step.Now(printed);
                else
                    findings.Add(printed);
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode == 0 ? findings : throw new SlipwayException((await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            throw new SlipwayException(late);
        }
    }
}
