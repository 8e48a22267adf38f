using System.Diagnostics;
using Slipway.Registry;

namespace Slipway.Build.Environments.Training;

/// <summary>Runs a program that writes a sample dataset, and ensures that it has exited before this returns or throws.</summary>
public sealed class SampleGenerator(TimeSpan timeout, TimeProvider time)
{
    /// <param name="name">The generator's name, for messages.</param>
    /// <exception cref="SlipwayException">It failed, or exceeded its time limit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task RunAsync(string name, IReadOnlyList<string> command, CancellationToken cancellation)
    {
        using var deadline = new Deadline(timeout, time, cancellation);
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true, RedirectStandardOutput = true })
            ?? throw new SlipwayException($"The generator '{name}' did not start.");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = await process.StandardError.ReadToEndAsync(deadline.Token);
            await output;
            await process.WaitForExitAsync(deadline.Token);
            if (process.ExitCode != 0)
                throw new SlipwayException($"The generator '{name}' failed: {errors.Trim()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            throw new SlipwayException($"The generator '{name}' took longer than {timeout} and was killed. Request fewer 'rows' under 'dataset' in model.json.");
        }
    }
}
