using Slipway.Automation.Rollbacks;
using Slipway.Automation.Traffic;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Rollbacks;

/// <summary>Finds the last change, and how to roll it back. A rollback itself is never rolled back: that requires an explicit version.</summary>
public static class RollbackPolicy
{
    /// <param name="traffic">The traffic that was last requested from the gateway; null before the first deployment.</param>
    /// <param name="models">Each model with the last entry of its history.</param>
    /// <returns>Null if there is nothing to roll back.</returns>
    public static RollbackPlan? LastChange(StoredTraffic? traffic, IReadOnlyList<ModelChange> models)
    {
        var move = LastMove(traffic?.Desired);
        var published = models.Where(change => change.Entry is { Action: HistoryAction.Publish, From: not null });
        if (move is not null)
            published = published.Where(change => CameAfter(change, traffic!));

        // entries of two histories have no common order: the store's clock, which is the same for both, decides
        var last = published.OrderBy(change => change.StoredAt).ThenBy(change => change.Entry.At).LastOrDefault();
        return last is null ? move : new VersionRollback(last.Entry.Model, last.Entry.To, last.Entry.From!.Value, last.Entry.At, last.Head);
    }

    // The clocks of the requesting machines do not decide: a traffic request records the histories as they were then.
    private static bool CameAfter(ModelChange change, StoredTraffic traffic) => traffic.Desired.Histories is { } seen
        ? change.Entry.Number > seen.GetValueOrDefault(change.Entry.Model)
        : change.StoredAt > traffic.StoredAt;

    /// <summary>Considers only the last traffic move.</summary>
    public static TrafficRollback? LastMove(DesiredTraffic? traffic) =>
        // The first revision only defined where to begin: the previous color never had traffic. A request for the color that already had it moved nothing.
        DesiredTrafficStore.WithoutModel(traffic) is { Revision: > 1, Action: TrafficAction.Deploy or TrafficAction.Promote } move && move.From != move.Color
            ? new(move.Color, move.Color.Other(), move.At)
            : null;
}

/// <param name="ChangedAt">When the change was made that this rolls back.</param>
public abstract record RollbackPlan(DateTimeOffset ChangedAt);

public sealed record TrafficRollback(Color From, Color To, DateTimeOffset ChangedAt) : RollbackPlan(ChangedAt);

/// <param name="Head">The entry to roll back; entries after it are not affected.</param>
public sealed record VersionRollback(string Model, int From, int To, DateTimeOffset ChangedAt, HistoryHead Head) : RollbackPlan(ChangedAt);
