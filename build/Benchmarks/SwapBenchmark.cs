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

/// <summary>Moves the channels of a model back and forth between two versions, under load through the gateway, and measures what callers notice.</summary>
public sealed class SwapBenchmark(LocalEnvironment environment, ILoad load, BenchmarkPlan plan)
{
    private const long MaxRequests = 10_000_000;

    // the load runs for a while before the channel moves
    private static readonly TimeSpan Before = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly ModelChannels _channels = new(environment.Store, environment.Time);

    /// <param name="now">The version that is served at first.</param>
    /// <param name="other">The one to swap with.</param>
    /// <exception cref="SlipwayException">A request failed, or a version was never served.</exception>
    public async Task<SwapFigures> RunAsync(Uri gateway, string model, ContestantRequest request, int now, int other, IProgressStep step, CancellationToken cancellation)
    {
        var swaps = new List<Swap>();
        var requests = 0L;
        var job = new LoadJob(
            new(gateway, request.Path), ContestantRequest.ContentType, request.Body, plan.SwapConnections, 0, (int)plan.SwapWindow.TotalMilliseconds, MaxRequests, [],
            SlipwayHeaders.ModelVersion);
        for (var swap = 1; swap <= plan.Swaps; swap++, (now, other) = (other, now))
        {
            step.Now($"swap {swap} of {plan.Swaps}");
            var calm = await MeasureAsync(job, cancellation);
            var asking = MeasureAsync(job, cancellation);
            await Task.Delay(Before, environment.Time, cancellation);
            var moved = environment.Time.GetTimestamp();
            await _channels.MoveAsync(new(model, other, HistoryAction.Rollback, Colors.All, "benchmark", $"Swap {swap} of a benchmark."), cancellation);
            var swapping = await asking;
            requests += calm.Requests + swapping.Requests;
            swaps.Add(new(
                Since(moved, Seen(swapping, other).First), Since(moved, Seen(swapping, now).Last), swapping.P99Microseconds / calm.P99Microseconds));
            await RequireAsync(model, other, cancellation);
        }

        return new(plan.SwapConnections, requests, Lost: 0, swaps);
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
