using Slipway.Registry;

namespace Slipway.Build;

/// <summary>Finds what changed last, and what it takes to undo it. A rollback is never itself undone: a person names the version then.</summary>
public static class RollbackPolicy
{
    /// <param name="traffic">What the gateway was last asked for; null before the first deployment.</param>
    /// <param name="models">Each model with the history entry that made its current version current.</param>
    /// <returns>Null when nothing can be undone.</returns>
    public static UndoPlan? LastChange(DesiredTraffic? traffic, IReadOnlyList<HistoryEntry> models)
    {
        var candidates = new List<(DateTimeOffset At, UndoPlan Plan)>();
        if (LastMove(traffic) is { } move)
            candidates.Add((move.ChangedAt, move));
        foreach (var entry in models)
            if (entry is { Action: HistoryAction.Publish, From: { } before })
                candidates.Add((entry.At, new UndoVersion(entry.Model, entry.To, before, entry.At)));

        return candidates.Count == 0 ? null : candidates.MaxBy(candidate => candidate.At).Plan;
    }

    /// <summary>The last move of traffic alone.</summary>
    /// <inheritdoc cref="LastChange"/>
    public static UndoTraffic? LastMove(DesiredTraffic? traffic) =>
        // The first revision only said where to begin: the color before it never had traffic.
        traffic is { Revision: > 1, Action: TrafficAction.Deploy } ? new(traffic.Color, traffic.Color.Other(), traffic.At) : null;
}

/// <param name="ChangedAt">When the change was made that this undoes.</param>
public abstract record UndoPlan(DateTimeOffset ChangedAt);

public sealed record UndoTraffic(Color From, Color To, DateTimeOffset ChangedAt) : UndoPlan(ChangedAt);

public sealed record UndoVersion(string Model, int From, int To, DateTimeOffset ChangedAt) : UndoPlan(ChangedAt);
