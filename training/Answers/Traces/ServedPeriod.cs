using Slipway.Registry.Channels;
using Slipway.Registry.History;

namespace Slipway.Answers.Traces;

/// <summary>A time for which a channel pointed to a version.</summary>
/// <param name="Until">When it moved on; null while it still points there.</param>
/// <param name="Entry">The history entry that moved it there.</param>
public sealed record ServedPeriod(Color Color, int Version, DateTimeOffset From, DateTimeOffset? Until, HistoryEntry Entry)
{
    /// <summary>All periods of a model, oldest first. Moves that were never carried out are left out.</summary>
    public static IReadOnlyList<ServedPeriod> Of(InspectedHistory history)
    {
        var periods = new List<ServedPeriod>();
        foreach (var color in Colors.All)
        {
            var moves = history.MovesOf(color);
            periods.AddRange(moves.Select((entry, at) => new ServedPeriod(color, entry.To, entry.At, at + 1 < moves.Count ? moves[at + 1].At : null, entry)));
        }

        return [.. periods.OrderBy(period => period.From).ThenBy(period => period.Color)];
    }
}
