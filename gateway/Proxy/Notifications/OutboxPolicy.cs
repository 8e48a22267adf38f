using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Notifications;

/// <summary>When a change leaves the outbox. Pure.</summary>
public static class OutboxPolicy
{
    /// <param name="confirmed">The ids that each target has confirmed, by its name. A target that is not in it is not configured any more.</param>
    /// <returns>Null if nothing is different.</returns>
    public static TrafficState? Record(TrafficState state, IReadOnlyDictionary<string, IReadOnlySet<string>> confirmed)
    {
        if (state.Outbox is not { Count: > 0 } outbox)
            return null;
        var isChanged = false;
        var kept = new List<TrafficNotification>();
        foreach (var change in outbox)
        {
            string[] news = [.. confirmed.Where(target => target.Value.Contains(change.Id) && !change.Delivered.Contains(target.Key)).Select(target => target.Key)];
            var next = news.Length == 0 ? change : change with { Delivered = [.. change.Delivered, .. news] };
            var isDone = confirmed.Keys.All(next.Delivered.Contains);
            isChanged |= news.Length > 0 || isDone;
            if (!isDone)
                kept.Add(next);
        }
        return isChanged ? state with { Outbox = kept.Count == 0 ? null : kept } : null;
    }
}
