using Slipway.Gateway.Options;
using Slipway.Gateway.Replicas;
using Slipway.Gateway.Traffic;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.PutBacks;

/// <summary>
/// Where a server has put a version back, the lease holder moves the model's channels back and blocks the version, as Rollback does, and reports it. The other servers
/// follow their channels, and automation does not publish the version again.
/// </summary>
public sealed partial class PutBackController(
    CurrentTraffic traffic, TrafficController controller, TrafficRecords records, Fleet fleet, IObjectStore store, GatewayOptions options, TimeProvider time,
    ILogger<PutBackController> logger)
    : LeaseHolderService(traffic, records, options.PollInterval, time)
{
    // an older move has been reported, by this gateway or by the one before
    private static readonly TimeSpan ReportedWithin = TimeSpan.FromMinutes(10);

    private readonly ModelVersions _versions = new(store);
    private readonly HashSet<PutBackReport> _done = [];
    private ModelChannels? _channels;

    // the move itself does not depend on the catalogs
    private ModelChannels Channels => _channels ??= new(store, Time, CatalogBehind);

    protected override async Task HoldAsync(TrafficState state, CancellationToken cancellation)
    {
        var reports = PutBackPolicy.Reports(fleet.Current.All.Select(replica => replica.Heartbeat));
        _done.IntersectWith(reports);
        foreach (var report in reports.Where(report => !_done.Contains(report)))
        {
            using var deadline = new Deadline(options.LeaseTimeout, Time, cancellation);
            if (await FollowAsync(report, deadline.Token))
                _done.Add(report);
        }
    }

    protected override void Follow() => _done.Clear();

    protected override void Failed(string problem) => NotMoved(problem);

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
