using Slipway.Automation.Rollbacks;
using Slipway.Build.Environments.Fleets;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Rollbacks;

/// <summary>Finds what changed last, and what it takes to undo it. A rollback is never itself undone: a person names the version then.</summary>
public static class RollbackPolicy
{
    /// <param name="traffic">What the gateway was last asked for; null before the first deployment.</param>
    /// <param name="models">Each model with the last entry of its history.</param>
    /// <returns>Null when nothing can be undone.</returns>
    public static UndoPlan? LastChange(StoredTraffic? traffic, IReadOnlyList<ModelChange> models)
    {
        var move = LastMove(traffic?.Desired);
        var published = models.Where(change => change.Entry is { Action: HistoryAction.Publish, From: not null });
        if (move is not null)
            published = published.Where(change => CameAfter(change, traffic!));

        // entries of two histories have no order of their own: the store's clock tells, which is one for both
        var last = published.OrderBy(change => change.StoredAt).ThenBy(change => change.Entry.At).LastOrDefault();
        return last is null ? move : new UndoVersion(last.Entry.Model, last.Entry.To, last.Entry.From!.Value, last.Entry.At, last.Head);
    }

    // Clocks of the machines that asked do not decide: what was asked for remembers the histories as they were then.
    private static bool CameAfter(ModelChange change, StoredTraffic traffic) => traffic.Desired.Histories is { } seen
        ? change.Entry.Number > seen.GetValueOrDefault(change.Entry.Model)
        : change.StoredAt > traffic.StoredAt;

    /// <summary>The last move of traffic alone.</summary>
    public static UndoTraffic? LastMove(DesiredTraffic? traffic) =>
        // The first revision only said where to begin: the color before it never had traffic. Nor did anything move to where traffic was.
        traffic is { Revision: > 1, Action: TrafficAction.Deploy } && traffic.From != traffic.Color
            ? new(traffic.Color, traffic.Color.Other(), traffic.At)
            : null;
}

/// <param name="ChangedAt">When the change was made that this undoes.</param>
public abstract record UndoPlan(DateTimeOffset ChangedAt);

public sealed record UndoTraffic(Color From, Color To, DateTimeOffset ChangedAt) : UndoPlan(ChangedAt);

/// <param name="Head">The entry that this undoes, and nothing that follows it.</param>
public sealed record UndoVersion(string Model, int From, int To, DateTimeOffset ChangedAt, HistoryHead Head) : UndoPlan(ChangedAt);
