using System.Diagnostics;
using System.Globalization;
using Slipway.Build.Cli.Output;
using Slipway.Registry.Storage;
using Slipway.Soak.Fleet;
using Slipway.Soak.Statistics;
using Slipway.Soak.Swappers;

namespace Slipway.Soak.Rows;

/// <summary>A server swaps thousands of times, and its memory must not grow with them.</summary>
public sealed class MemoryOfSwaps : ISoakRow
{
    // a buffer as large as one that a request is read into
    private const int LeakBytes = 64 * 1024;

    private const int Samples = 250;

    // until the allocators have what they need, memory grows
    private const double WarmUp = 0.2;

    public string Name => "memory-of-swaps";

    public string Fault => "A server swaps 10,000 times (quick: 250), one swap after the other.";

    public string Bound => "After a fifth of the swaps, the 95 % interval of the slope of its resident memory does not lie above zero.";

    public bool NeedsFleet => true;

    public async Task<RowResult> RunAsync(SoakContext context, IProgressStep step, CancellationToken cancellation)
    {
        var swaps = context.Plan.Of(10_000, 250);
        var samples = await RunAsync(context, "server", swaps, leakBytes: 0, step, cancellation);
        var slope = SlopeOf(samples);
        var leaking = SlopeOf(await RunAsync(context, "control", context.Plan.Of(1250, 250), LeakBytes, step, cancellation));
        var (first, last) = (samples[(int)(samples.Count * WarmUp)], samples[^1]);
        return new(
            swaps, 0,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{slope.PerUnit:0} bytes a swap ({slope.Lower:0} to {slope.Upper:0}); {Mebibytes(first.Bytes):0} MiB after {first.Swaps:#,0} swaps, {Mebibytes(last.Bytes):0} MiB after {last.Swaps:#,0}; threads {first.Threads} to {last.Threads}, handles {first.Files} to {last.Files}"),
            new(
                string.Create(CultureInfo.InvariantCulture, $"a server that leaks {LeakBytes:#,0} bytes a swap has a slope of {leaking.PerUnit:#,0} ({leaking.Lower:#,0} to {leaking.Upper:#,0})"),
                leaking.Grows))
        {
            Broken = context.Plan.JudgesFigures && slope.Grows ? string.Create(CultureInfo.InvariantCulture, $"memory grows by {slope.PerUnit:0} bytes a swap ({slope.Lower:0} to {slope.Upper:0})") : null,
            Figures = new Dictionary<string, double>
            {
                ["swaps"] = swaps,
                ["slopeBytes"] = slope.PerUnit,
                ["slopeLowerBytes"] = slope.Lower,
                ["slopeUpperBytes"] = slope.Upper,
                ["firstBytes"] = first.Bytes,
                ["lastBytes"] = last.Bytes,
                ["controlSlopeBytes"] = leaking.PerUnit,
            },
        };
    }

    /// <summary>The slope of the memory after the warm-up.</summary>
    public static Slope SlopeOf(IReadOnlyList<SwapperSample> samples) =>
        Slope.Of([.. samples.Skip((int)(samples.Count * WarmUp)).Select(sample => ((double)sample.Swaps, (double)sample.Bytes))]);

    private static double Mebibytes(long bytes) => bytes / 1048576.0;

    private static async Task<IReadOnlyList<SwapperSample>> RunAsync(
        SoakContext context, string name, int swaps, int leakBytes, IProgressStep step, CancellationToken cancellation)
    {
        var (fleet, work) = (context.Fleet, Path.Combine(context.Work, name));
        var store = Path.Combine(work, "store");
        await fleet.Models.CopyAsync(store, cancellation);
        string[] arguments =
        [
            .. fleet.Models.Arguments(store, work, "soak-swaps"), "--PollInterval=00:00:00.01", "--PredictionLog:Enabled=false", "--Logging:LogLevel:Default=None",
            "--Logging:LogLevel:Microsoft=None", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=None",
        ];
        var job = new SwapperJob(arguments, fleet.Model, swaps, Math.Max(1, swaps / Samples), leakBytes);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(MemoryOfSwaps).Assembly.Location, "swapper", job.ToJson()]) { RedirectStandardOutput = true })!;
        try
        {
            var samples = new List<SwapperSample>();
            var mover = new VersionMover(new DirectoryObjectStore(store, context.Time), fleet.Model, fleet.Live, context.Time);
            while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
            {
                if (SwapperSample.Of(line) is { } sample)
                {
                    samples.Add(sample);
                    step.Now($"{name}: swap {sample.Swaps} of {swaps}");
                }
                else if (line != SwapperProgram.Swapped)
                    continue;
                await mover.MoveAsync(cancellation);
            }

            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 ? samples : throw new InvalidOperationException($"The server that swaps ended with exit code {process.ExitCode} after {samples.Count} samples.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }
}
