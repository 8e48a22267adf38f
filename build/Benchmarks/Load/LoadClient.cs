using System.Diagnostics;
using Slipway.Registry;

namespace Slipway.Benchmarks.Load;

/// <summary>
/// The load generator, in a separate process: its CPU time is measured separately. It exits when its input ends, so it does not outlive the benchmark.
/// </summary>
public sealed class LoadClient : ILoad, IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly TimeProvider _time;

    /// <param name="program">The assembly of this program.</param>
    public LoadClient(string program, TimeProvider time)
    {
        _time = time;
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, "load"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new SlipwayException("The load generator did not start.");
    }

    public async Task<LoadResult> RunAsync(LoadJob job, CancellationToken cancellation)
    {
        using var deadline = new Deadline(TimeSpan.FromMilliseconds(job.WarmUpMilliseconds + job.Milliseconds) + Timeout, _time, cancellation);
        try
        {
            await _process.StandardInput.WriteLineAsync(job.ToLine().AsMemory(), deadline.Token);
            await _process.StandardInput.FlushAsync(deadline.Token);
            return await _process.StandardOutput.ReadLineAsync(deadline.Token) is { } line
                ? LoadResult.Of(line)
                : throw new SlipwayException("The load generator exited without a result; see its output above.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SlipwayException($"The load generator returned no result for {job.Url} within {Timeout.TotalSeconds} s after the end of its window.");
        }
        catch (IOException e)
        {
            throw new SlipwayException($"The load generator has exited: {e.Message}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(StopTimeout, _time);
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
