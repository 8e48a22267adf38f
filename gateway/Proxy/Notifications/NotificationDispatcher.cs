using Slipway.Gateway.Options;
using Slipway.Gateway.Traffic;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Notifications;

/// <summary>
/// The lease holder tells every target of the changes in the state's outbox, and then records that there. A gateway that is killed between the two
/// leaves the change in the outbox: its target gets it again, with the same id.
/// </summary>
public sealed partial class NotificationDispatcher(
    CurrentTraffic traffic, TrafficController controller, TrafficRecords records, NotificationLanes lanes, GatewayOptions options, TimeProvider time, ILogger<NotificationDispatcher> logger)
    : LeaseHolderService(traffic, records, options.RolloutInterval, time)
{
    // what some target did not have at the last look; empty while another gateway holds the lease
    private Dictionary<string, TrafficNotification> _open = [];

    protected override async Task HoldAsync(TrafficState state, CancellationToken cancellation)
    {
        List<TrafficNotification> outbox = [.. (state.Outbox ?? []).DistinctBy(change => change.Id)];
        var confirmed = lanes.All.ToDictionary(lane => lane.Name, lane => lane.Turn(outbox, cancellation));
        ReportDropped(outbox);
        _open = outbox.Where(change => lanes.All.Any(lane => !change.Delivered.Contains(lane.Name) && !confirmed[lane.Name].Contains(change.Id))).ToDictionary(change => change.Id);
        if (OutboxPolicy.Record(state, confirmed) is not null)
            await controller.UpdateAsync(now => OutboxPolicy.Record(now, confirmed), cancellation);
    }

    protected override void Follow() => _open = [];

    // recorded at one of the next looks; until then the lanes know that it was delivered
    protected override void Failed(string problem) => NotRecorded(problem);

    /// <summary>Only this loop removes what was delivered, so what is gone otherwise had to make room for newer changes.</summary>
    private void ReportDropped(List<TrafficNotification> outbox)
    {
        foreach (var change in _open.Values.ExceptBy(outbox.Select(change => change.Id), change => change.Id))
            Dropped(change.Id, TrafficEvent.Word(change.Phase), change.Reason, string.Join(", ", lanes.All.Select(lane => lane.Name).Except(change.Delivered)));
    }

    [LoggerMessage(LogLevel.Error, "Notification {Id} ({Phase}: {Reason}) was dropped, because too many wait; it was not delivered to {Targets}")]
    private partial void Dropped(string id, string phase, string reason, string targets);

    [LoggerMessage(LogLevel.Error, "Delivered notifications cannot be recorded, so they may be delivered again: {Problem}")]
    private partial void NotRecorded(string problem);
}
