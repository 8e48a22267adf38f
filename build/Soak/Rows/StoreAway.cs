using System.Globalization;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Soak.Fleet;
using Slipway.Soak.Load;

namespace Slipway.Soak.Rows;

/// <summary>The store cannot be read or written for minutes, while requests arrive.</summary>
public sealed class StoreAway : ISoakRow
{
    private const int PerSecond = 200;

    // a server that cannot reach its store tries again after at most 30 s
    private static readonly TimeSpan MaxRecovery = TimeSpan.FromSeconds(35);

    public string Name => "store-away";

    public string Fault => "The store can neither be read nor written for two minutes (quick: five seconds) under 200 requests a second.";

    public string Bound => "0 lost; a version that is published afterwards is served within 35 s.";

    public bool NeedsFleet => true;

    public async Task<RowResult> RunAsync(SoakContext context, IProgressStep step, CancellationToken cancellation)
    {
        var fleet = context.Fleet;
        var mover = new VersionMover(fleet, context.Time);
        var duration = context.Plan.Of(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(5));
        using var load = new OpenLoad(new(fleet.Gateways, fleet.Infer.Path, fleet.Infer.Body, PerSecond, Attempts: 1), context.Time);
        var (wasAway, recovery) = (false, (TimeSpan?)null);
        var figures = await load.WhileAsync(
            async _ =>
            {
                using (new AwayFolder(fleet.Environment.Folders.Store, Path.Combine(context.Work, "store")))
                {
                    step.Now("the store is away");
                    wasAway = await FailsAsync(mover, cancellation);
                    await Task.Delay(duration, context.Time, cancellation);
                }

                step.Now("the store is back");
                recovery = await FollowAsync(fleet, mover, context.Time, cancellation);
            },
            cancellation);

        return new(
            figures.Sent, figures.Lost,
            string.Create(CultureInfo.InvariantCulture, $"{figures.Lost} of {figures.Sent:#,0} lost, followed after {recovery?.TotalSeconds:0.0} s"),
            new("a channel cannot be moved while the store is away", wasAway))
        {
            Broken = figures.FirstLoss
                ?? (recovery is null || recovery > MaxRecovery ? $"the version that was published afterwards was not served within {MaxRecovery.TotalSeconds} s" : null),
            Figures = new Dictionary<string, double>
            {
                ["awaySeconds"] = duration.TotalSeconds,
                ["lost"] = figures.Lost,
                ["recoverySeconds"] = recovery?.TotalSeconds ?? double.PositiveInfinity,
                ["p99Milliseconds"] = figures.Percentile(0.99),
            },
        };
    }

    /// <returns>How long it took until both servers served another version; null if it took more than a minute.</returns>
    private static async Task<TimeSpan?> FollowAsync(SoakFleet fleet, VersionMover mover, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var version = await mover.MoveAsync(cancellation);
        var behind = await fleet.Environment.Heartbeats.WaitUntilServingAsync(fleet.Servers, fleet.Model, version, TimeSpan.FromMinutes(1), cancellation);
        return behind.Count == 0 ? time.GetElapsedTime(started) : null;
    }

    private static async Task<bool> FailsAsync(VersionMover mover, CancellationToken cancellation)
    {
        try
        {
            await mover.MoveAsync(cancellation);
            return false;
        }
        catch (SlipwayException)
        {
            return true;
        }
    }
}
