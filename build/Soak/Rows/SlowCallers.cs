using System.Diagnostics;
using System.Globalization;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Soak.Fleet;
using Slipway.Soak.Load;

namespace Slipway.Soak.Rows;

/// <summary>Thousands of callers hold connections open to one gateway: idle, in the middle of their headers, or in the middle of their body.</summary>
public sealed class SlowCallers : ISoakRow
{
    private const int PerSecond = 200;
    private const double MaxMebibytes = 256;

    // until what the requests run through is compiled with optimization
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    public string Name => "slow-callers";

    public string Fault => "3,000 connections to a gateway (quick: 600) are idle, or send a byte of their headers or their body now and then.";

    public string Bound => "0 of the healthy requests lost; their p99 at most 1.2 times and p99.9 at most 2 times that without; the gateway's memory grows by at most 256 MiB.";

    public bool NeedsFleet => true;

    public async Task<RowResult> RunAsync(SoakContext context, IProgressStep step, CancellationToken cancellation)
    {
        var fleet = context.Fleet;
        var (connections, windows, seconds) = context.Plan.Of((3000, 4, 10), (600, 2, 5));
        var gateway = fleet.GatewayRecords[0];
        var url = new Uri(gateway.Url!);
        using var load = new OpenLoad(new([url], fleet.Infer.Path, fleet.Infer.Body, PerSecond, Attempts: 1), context.Time);
        await load.RunAsync(WarmUp, cancellation);

        var (calm, slow) = (new List<LoadFigures>(), new List<LoadFigures>());
        var (meter, calmUse, slowUse) = (new ProcessorMeter(fleet, context.Time), default(ProcessorUse), default(ProcessorUse));
        var (before, most, open) = (Mebibytes(gateway), 0.0, 0);
        for (var window = 1; window <= windows; window++)
        {
            step.Now($"window {window} of {windows}");
            var (without, use) = await meter.DuringAsync(() => load.RunAsync(TimeSpan.FromSeconds(seconds), cancellation));
            calm.Add(without);
            calmUse += use;
            // counts from the first connection on
            SlowConnections? callers = null;
            slow.Add(await load.WhileAsync(async _ => callers = await SlowConnections.OpenAsync(url, fleet.Infer.Path, connections, context.Time, cancellation), cancellation));
            await using (callers)
            {
                var (with, more) = await meter.DuringAsync(() => load.RunAsync(TimeSpan.FromSeconds(seconds), cancellation));
                slow.Add(with);
                slowUse += more;
                most = Math.Max(most, Mebibytes(gateway));
                open = Math.Max(open, callers!.Sent);
            }

            // what closing them takes is no part of the next window without them
            await load.RunAsync(Settling, cancellation);
        }

        var control = await BadEndpoint.IsNoticedAsync(TimeSpan.FromSeconds(2), context.Time, cancellation);
        return Result(context, calm, slow, (calmUse, slowUse), open, most - before, control);
    }

    private static RowResult Result(SoakContext context, List<LoadFigures> calm, List<LoadFigures> slow, (ProcessorUse Calm, ProcessorUse Slow) use, int open, double grown, bool control)
    {
        List<LoadFigures> all = [.. calm, .. slow];
        var lost = all.Sum(figures => figures.Lost);
        var comparison = LatencyComparison.Of(LoadFigures.Sum(calm, context.Time), LoadFigures.Sum(slow, context.Time));
        var (calmShare, share) = (use.Calm.Share(Environment.ProcessorCount), use.Slow.Share(Environment.ProcessorCount));
        return new(
            all.Sum(figures => figures.Sent), lost,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{open:#,0} slow connections, {lost} of {all.Sum(figures => figures.Sent):#,0} lost; {comparison}; {grown:0} MiB more; cores busy {share:0%} against {calmShare:0%}"),
            new("an endpoint that drops and delays 1 of 50 requests", control))
        {
            Broken = all.Select(figures => figures.FirstLoss).FirstOrDefault(loss => loss is not null)
                ?? (grown > MaxMebibytes ? string.Create(CultureInfo.InvariantCulture, $"the gateway's memory grew by {grown:0} MiB") : null)
                ?? (context.Plan.JudgesFigures ? comparison.Broken() : null),
            Figures = new Dictionary<string, double>
            {
                ["connections"] = open,
                ["lost"] = lost,
                ["grownMebibytes"] = grown,
                ["p99CalmMilliseconds"] = comparison.Calm.P99,
                ["p99SlowMilliseconds"] = comparison.Meanwhile.P99,
                ["p999CalmMilliseconds"] = comparison.Calm.P999,
                ["p999SlowMilliseconds"] = comparison.Meanwhile.P999,
                ["busyCalm"] = calmShare,
                ["busySlow"] = share,
            },
        };
    }

    private static double Mebibytes(ServiceRecord service)
    {
        using var process = Process.GetProcessById(service.ProcessId);
        return process.WorkingSet64 / 1048576.0;
    }
}
