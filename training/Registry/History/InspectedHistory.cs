using Slipway.Registry.Channels;

namespace Slipway.Registry.History;

/// <summary>A model's history and channels at one moment.</summary>
/// <param name="Entries">Those that can be read, oldest first.</param>
/// <param name="Pointers">The channels that exist and can be read.</param>
public sealed record InspectedHistory(
    string Model, IReadOnlyList<HistoryEntry> Entries, IReadOnlyDictionary<Color, ChannelPointer> Pointers, IReadOnlyList<HistoryProblem> Problems)
{
    /// <summary>SHA-256 of the stored bytes of those entries, by number.</summary>
    internal IReadOnlyDictionary<int, string> Sha256 { get; init; } = new Dictionary<int, string>();

    /// <summary>The entry that made live what a color served at a time; null if it served nothing.</summary>
    public HistoryEntry? LiveAt(Color color, DateTimeOffset at) => MovesOf(color).LastOrDefault(entry => entry.At <= at);

    /// <summary>The entries that moved the channel of a color, oldest first, without those that were never carried out.</summary>
    public IReadOnlyList<HistoryEntry> MovesOf(Color color)
    {
        var moves = Entries.Where(entry => entry.Channels.Contains(color)).ToList();
        return [.. moves.Where((entry, at) => WasCarriedOut(entry, moves.ElementAtOrDefault(at + 1), color))];
    }

    // An entry is written before the channels follow, and a process may die in between. For the newest entry, the channel shows whether it took effect;
    // for an older one, the next entry does, which records where it found the first of its channels.
    private bool WasCarriedOut(HistoryEntry entry, HistoryEntry? next, Color color) => next is null
        ? !Pointers.TryGetValue(color, out var pointer) || pointer.HistoryEntry >= entry.Number
        : next.Channels[0] != color || next.From == entry.To;
}
