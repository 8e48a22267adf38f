using System.Globalization;
using Slipway.Benchmarks.Contestants;
using Slipway.Benchmarks.Figures;
using Slipway.Benchmarks.Load;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Predictions;

namespace Slipway.Benchmarks;

/// <summary>
/// Moves the channels of a model to another version and back, under load through the gateway, and measures what callers notice. With three versions, the one that it
/// moves to was unloaded at the swap before, and has to be fetched, verified and loaded; the one that it moves back to is still loaded.
/// </summary>
public sealed class SwapBenchmark(LocalEnvironment environment, ILoad load, BenchmarkPlan plan)
{
    private const long MaxRequests = 10_000_000;

    // the load runs for a while before the channel moves
    private static readonly TimeSpan Before = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly ModelChannels _channels = new(environment.Store, environment.Time);

    /// <param name="served">The version that is served at first, and at least the third: the two before it are what it is swapped with.</param>
    /// <exception cref="SlipwayException">A request failed, or a version was never served.</exception>
    public async Task<SwapFigures> RunAsync(Uri gateway, string model, ContestantRequest request, int served, IProgressStep step, CancellationToken cancellation)
    {
        var job = new LoadJob(
            new(gateway, request.Path), ContestantRequest.ContentType, request.Body, plan.SwapConnections, 0, (int)plan.SwapWindow.TotalMilliseconds, MaxRequests, [],
            SlipwayHeaders.ModelVersion);
        var (swaps, returns) = (new List<Swap>(), new List<Swap>());
        for (var swap = 1; swap <= plan.Swaps; swap++)
        {
            var other = served - 1 - ((swap - 1) % 2);
            step.Now($"swap {swap} of {plan.Swaps}, to version {other}");
            swaps.Add(await SwapAsync(job, model, served, other, swap, cancellation));
            step.Now($"swap {swap} of {plan.Swaps}, back to version {served}");
            returns.Add(await SwapAsync(job, model, other, served, swap, cancellation));
        }

        return new(plan.SwapConnections, swaps.Concat(returns).Sum(swap => swap.Requests), Lost: 0, swaps, returns);
    }

    private async Task<Swap> SwapAsync(LoadJob job, string model, int from, int to, int swap, CancellationToken cancellation)
    {
        var calm = await MeasureAsync(job, cancellation);
        var answers = MeasureAsync(job, cancellation);
        await Task.Delay(Before, environment.Time, cancellation);
        var moved = environment.Time.GetTimestamp();
        await _channels.MoveAsync(new(model, to, HistoryAction.Rollback, Colors.All, "benchmark", $"Swap {swap} of a benchmark."), cancellation);
        var swapping = await answers;
        await RequireAsync(model, to, cancellation);
        return new(Since(moved, Seen(swapping, to).First), Since(moved, Seen(swapping, from).Last), swapping.P99Microseconds / calm.P99Microseconds, calm.Requests + swapping.Requests);
    }

    private async Task<LoadResult> MeasureAsync(LoadJob job, CancellationToken cancellation)
    {
        var result = await load.RunAsync(job, cancellation);
        ComparisonRun.RequireAnswers("During a swap, the gateway", job.Url.AbsolutePath, result);
        return result;
    }

    private SeenValue Seen(LoadResult result, int version) =>
        result.Seen.FirstOrDefault(seen => seen.Value == version.ToString(CultureInfo.InvariantCulture))
        ?? throw new SlipwayException($"Version {version} served no response within the {plan.SwapWindow.TotalSeconds} s of a swap; versions that did: {string.Join(", ", result.Seen.Select(seen => seen.Value))}.");

    // the idle color too, or it would still be verifying the version while the next window is measured
    private async Task RequireAsync(string model, int version, CancellationToken cancellation)
    {
        if (await environment.Heartbeats.WaitUntilServingAsync(environment.Servers, model, version, Timeout, cancellation) is { Count: > 0 } behind)
            throw new SlipwayException($"'{model}' version {version} is not served everywhere: {string.Join("; ", behind)}.");
    }

    private double Since(long moved, long timestamp) => (timestamp - moved) * 1000.0 / environment.Time.TimestampFrequency;
}
