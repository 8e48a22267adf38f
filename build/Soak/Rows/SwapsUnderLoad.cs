using System.Globalization;
using Slipway.Build.Cli.Output;
using Slipway.Soak.Fleet;
using Slipway.Soak.Load;

namespace Slipway.Soak.Rows;

/// <summary>The channel of the live color moves back and forth while 500 requests a second arrive; windows with and without swaps alternate.</summary>
public sealed class SwapsUnderLoad : ISoakRow
{
    private const int PerSecond = 500;

    // longer than the servers' poll interval, so that each of them follows every move
    private static readonly TimeSpan Between = SoakFleet.PollInterval + TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    // until what requests and swaps run through is compiled with optimization: that would be counted with whichever comes first
    private const int SwapsToWarmUp = 40;

    public string Name => "swaps-under-load";

    public string Fault => "Both servers of the live color swap the model's version under 500 requests a second.";

    public string Bound => "0 lost; p99 at most 1.2 times and p99.9 at most 2 times that of the same load without swaps.";

    public bool NeedsFleet => true;

    public async Task<RowResult> RunAsync(SoakContext context, IProgressStep step, CancellationToken cancellation)
    {
        var fleet = context.Fleet;
        var (swaps, inWindow) = context.Plan.Of((1000, 40), (60, 20));
        using var load = new OpenLoad(new(fleet.Gateways, fleet.Infer.Path, fleet.Infer.Body, PerSecond, Attempts: 1), context.Time);
        var mover = new VersionMover(fleet, context.Time);
        await load.RunAsync(WarmUp, cancellation);
        await load.WhileAsync(figures => mover.SwapAsync(SwapsToWarmUp, Between, figures, cancellation), cancellation);

        var (calm, swapping) = (new List<LoadFigures>(), new List<LoadFigures>());
        var (meter, calmUse, swappingUse) = (new ProcessorMeter(fleet, context.Time), default(ProcessorUse), default(ProcessorUse));
        var made = 0;
        while (made < swaps)
        {
            step.Now($"swap {made} of {swaps}");
            // half as long: there are as many of them, and nothing happens in them
            var (without, use) = await meter.DuringAsync(() => load.RunAsync(Between * inWindow / 2, cancellation));
            calm.Add(without);
            calmUse += use;
            var (with, more) = await meter.DuringAsync(() => load.WhileAsync(async figures => made += await mover.SwapAsync(inWindow, Between, figures, cancellation), cancellation));
            swapping.Add(with);
            swappingUse += more;
            if (swapping.Count > 3 * swaps / inWindow)
                throw new InvalidOperationException($"Only {made} of {swaps} swaps were served before the next one.");
        }

        var control = await BadEndpoint.IsNoticedAsync(TimeSpan.FromSeconds(2), context.Time, cancellation);
        return Result(context, made, calm, swapping, (calmUse, swappingUse), swapping.Count * inWindow, control);
    }

    private static RowResult Result(SoakContext context, int swaps, List<LoadFigures> calm, List<LoadFigures> swapping, (ProcessorUse Calm, ProcessorUse Swapping) use, int moves, bool control)
    {
        var all = calm.Concat(swapping).ToList();
        var lost = all.Sum(figures => figures.Lost);
        var comparison = LatencyComparison.Of(LoadFigures.Sum(calm, context.Time), LoadFigures.Sum(swapping, context.Time));
        var cores = Environment.ProcessorCount;
        var (calmShare, share, perSwap) = (use.Calm.Share(cores), use.Swapping.Share(cores), use.Swapping.MillisecondsEach(use.Calm, moves));
        return new(
            all.Sum(figures => figures.Sent), lost,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{swaps:#,0} swaps, {lost} of {all.Sum(figures => figures.Sent):#,0} lost; {comparison}; {perSwap:0.0} ms of processor time a swap, at {moves / use.Swapping.Elapsed.TotalSeconds:0.0} a second; cores busy {share:0%} against {calmShare:0%}"),
            new("an endpoint that drops and delays 1 of 50 requests", control))
        {
            Broken = all.Select(figures => figures.FirstLoss).FirstOrDefault(loss => loss is not null) ?? (context.Plan.JudgesFigures ? comparison.Broken() : null),
            Figures = new Dictionary<string, double>
            {
                ["swaps"] = swaps,
                ["lost"] = lost,
                ["p99CalmMilliseconds"] = comparison.Calm.P99,
                ["p99SwappingMilliseconds"] = comparison.Meanwhile.P99,
                ["p999CalmMilliseconds"] = comparison.Calm.P999,
                ["p999SwappingMilliseconds"] = comparison.Meanwhile.P999,
                ["processorMillisecondsASwap"] = perSwap,
                ["busyCalm"] = calmShare,
                ["busySwapping"] = share,
            },
        };
    }
}
