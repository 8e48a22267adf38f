using Slipway.Gateway.Options;
using Slipway.Gateway.Replicas;
using Slipway.Gateway.Traffic;
using Slipway.Hosting.Polling;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;

namespace Slipway.Gateway.PutBacks;

/// <summary>
/// Where a server has put a version back, the lease holder moves the model's channels back and blocks the version, as Rollback does, and reports it. The other servers
/// follow their channels, and automation does not publish the version again.
/// </summary>
public sealed partial class PutBackController(
    CurrentTraffic traffic, TrafficController controller, TrafficRecords records, Fleet fleet, IObjectStore store, GatewayOptions options, TimeProvider time,
    ILogger<PutBackController> logger)
    : PollingService(options.PollInterval, time)
{
    // an older move has been reported, by this gateway or by the one before
    private static readonly TimeSpan ReportedWithin = TimeSpan.FromMinutes(10);

    // tests tick beside the loop
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ModelVersions _versions = new(store);
    private readonly HashSet<PutBackReport> _done = [];
    private ModelChannels? _channels;
    private string? _problem;

    // the move itself does not depend on the catalogs
    private ModelChannels Channels => _channels ??= new(store, Time, CatalogBehind);

    public override async Task TickAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (traffic.State is { } state && state.Lease.Holder == records.Holder)
                await FollowAsync(PutBackPolicy.Reports(fleet.Current.All.Select(replica => replica.Heartbeat)), cancellation);
            else
                _done.Clear();
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // the next look tries again
            if (e.Message != _problem)
                NotMoved(e.Message);
            _problem = e.Message;
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    private async Task FollowAsync(IReadOnlyList<PutBackReport> reports, CancellationToken cancellation)
    {
        _done.IntersectWith(reports);
        foreach (var report in reports.Where(report => !_done.Contains(report)))
        {
            using var deadline = new Deadline(options.LeaseTimeout, Time, cancellation);
            if (await FollowAsync(report, deadline.Token))
                _done.Add(report);
        }

        _problem = null;
    }

    /// <returns>Whether nothing is left to do.</returns>
    private async Task<bool> FollowAsync(PutBackReport report, CancellationToken cancellation)
    {
        var seen = await Channels.SnapshotAsync(report.Model, cancellation);
        var bad = await _versions.GetAsync(report.Model, report.PutBack.Version, cancellation);
        var before = await _versions.GetAsync(report.Model, report.PutBack.To, cancellation);
        if (PutBackPolicy.Move(report, seen, bad, before, options.Gateway) is not { } move)
            return !PutBackPolicy.IsMoved(report, seen, options.Gateway) || await ReportAsync(report, seen.Last!, cancellation);
        try
        {
            var entry = await Channels.MoveAsync(move, cancellation);
            Moved(report.Model, move.Version, report.PutBack.Version, report.Replica, report.PutBack.Reason);
            return await ReportAsync(report, entry, cancellation);
        }
        catch (ChampionChangedException)
        {
            // somebody moves the channels at this moment: the next look shows whether this is still to be done
            return false;
        }
    }

    /// <summary>At least once: a gateway that takes over reports a recent move again, with the same id.</summary>
    private async Task<bool> ReportAsync(PutBackReport report, HistoryEntry entry, CancellationToken cancellation) =>
        Time.GetUtcNow() - entry.At > ReportedWithin
        || await controller.UpdateAsync(state => TrafficOutbox.AddPutBack(state, entry, report.PutBack.Version, report.Replica, options.Gateway), cancellation);

    [LoggerMessage(LogLevel.Error, "Version put back: {Model} is on version {To} again, and version {Version} is blocked, because server {Replica} put it back: {Reason}")]
    private partial void Moved(string model, int to, int version, string replica, string reason);

    [LoggerMessage(LogLevel.Error, "A version that a server put back could not be blocked, retrying: {Problem}")]
    private partial void NotMoved(string problem);

    [LoggerMessage(LogLevel.Warning, "Version put back, and its catalog is behind: {Problem}")]
    private partial void CatalogBehind(string problem);
}
