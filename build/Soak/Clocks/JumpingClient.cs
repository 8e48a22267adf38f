using System.Diagnostics;
using System.Globalization;
using Slipway.Registry;

namespace Slipway.Soak.Clocks;

/// <summary>The process whose clock jumps. It exits when its input ends.</summary>
public sealed class JumpingClient(JumpingJob job, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly Process _process = Process.Start(new ProcessStartInfo("dotnet", [typeof(JumpingClient).Assembly.Location, "jumping", job.ToJson()])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>Sets its clock, and returns when it is set.</summary>
    public async Task SetAsync(TimeSpan offset, CancellationToken cancellation)
    {
        using var deadline = new Deadline(Timeout, time, cancellation);
        await _process.StandardInput.WriteLineAsync(offset.TotalSeconds.ToString(CultureInfo.InvariantCulture).AsMemory(), deadline.Token);
        await _process.StandardInput.FlushAsync(deadline.Token);
        // the services log to the same output
        while (await _process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
            if (line.StartsWith(JumpingProgram.Confirmation, StringComparison.Ordinal))
                return;
        throw new InvalidOperationException($"The server and the gateway whose clock jumps ended with exit code {_process.ExitCode}.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Timeout, time);
        try
        {
            await _process.StandardOutput.ReadToEndAsync(deadline.Token);
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
