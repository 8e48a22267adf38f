using Slipway.Registry.Channels;

namespace Slipway.Registry.History;

/// <summary>Checks the links of a history against each other. Pure, so that every kind of damage is a table row in a test.</summary>
internal static class HistoryChain
{
    /// <param name="readable">Colors whose channel could be read, if there is one. Whether another has followed is unknown.</param>
    public static IEnumerable<HistoryProblem> Problems(
        string model, IReadOnlyDictionary<int, HistoryLink> links, IReadOnlyDictionary<Color, ChannelPointer> pointers, IReadOnlyList<Color> readable)
    {
        foreach (var color in readable)
            foreach (var problem in PutBack(model, color, links, pointers.GetValueOrDefault(color)))
                yield return problem;

        var last = links.Keys.Concat(pointers.Values.Select(pointer => pointer.HistoryEntry)).DefaultIfEmpty().Max();
        for (var number = 1; number <= last; number++)
        {
            if (!links.TryGetValue(number, out var link))
                yield return new(HistoryProblemKind.Missing, number, $"Entry {number} of the history of {model} is missing.");
            else if (link.Entry is null)
                yield return new(HistoryProblemKind.Changed, number, $"Entry {number} of the history of {model} was modified: it can no longer be read.");
            else if (link.Entry.Number != number || link.Entry.Model != model)
                yield return new(HistoryProblemKind.Renumbered, number,
                    $"Entry {number} of the history of {model} is really entry {link.Entry.Number} of {link.Entry.Model}.");
            else if (Mismatch(number, link.Sha256, links, pointers) is { } witness)
                yield return new(HistoryProblemKind.Changed, number, $"Entry {number} of the history of {model} was modified: {witness} records different bytes.");
            else
                foreach (var problem in Unfollowed(model, link.Entry, pointers, readable))
                    yield return problem;
        }
    }

    // What records an entry's hash: its successor, and each channel that it moved last. The first entry has no predecessor.
    private static string? Mismatch(
        int number, string sha256, IReadOnlyDictionary<int, HistoryLink> links, IReadOnlyDictionary<Color, ChannelPointer> pointers)
    {
        if (number == 1 && links[number].Entry!.BeforeSha256 is not null)
            return "it is the first entry, but claims a predecessor, and nothing";
        if (links.GetValueOrDefault(number + 1).Entry is { } next && next.Number == number + 1 && next.BeforeSha256 != sha256)
            return $"entry {number + 1}";

        foreach (var (color, pointer) in pointers)
            if (pointer.HistoryEntry == number && pointer.HistorySha256 is { } remembered && remembered != sha256)
                return $"the {color.Word()} channel";
        return null;
    }

    // A channel never goes back to a lower entry. If a later entry found it at another version than it is at, which an entry after
    // its own had given it, somebody replaced the channel with an older one, or deleted it.
    private static IEnumerable<HistoryProblem> PutBack(
        string model, Color color, IReadOnlyDictionary<int, HistoryLink> links, ChannelPointer? pointer)
    {
        var named = pointer?.HistoryEntry ?? 0;
        var entries = links.Values.Select(link => link.Entry).OfType<HistoryEntry>().Where(entry => entry.Channels.Contains(color)).ToList();
        var witness = entries.FirstOrDefault(later => later.Number > named
            && later.Channels[0] == color && later.From is { } from && from != pointer?.Version
            && entries.Any(entry => entry.Number > named && entry.Number < later.Number && entry.To == from));
        if (witness is not null)
            yield return new(HistoryProblemKind.Channel, witness.Number,
                $"The {color.Word()} channel of {model} {(pointer is null ? "is gone" : $"was reset to entry {named}")}: entry {witness.Number} found it at version {witness.From}.");
    }

    private static IEnumerable<HistoryProblem> Unfollowed(
        string model, HistoryEntry entry, IReadOnlyDictionary<Color, ChannelPointer> pointers, IReadOnlyList<Color> readable)
    {
        var waiting = entry.Channels.Intersect(readable).Where(color => !pointers.TryGetValue(color, out var pointer) || pointer.HistoryEntry < entry.Number)
            .Select(color => color.Word()).ToArray();
        if (waiting.Length > 0)
            yield return new(HistoryProblemKind.Incomplete, entry.Number,
                $"Entry {entry.Number} of the history of {model} is incomplete: {string.Join(" and ", waiting)} did not follow to version {entry.To}. "
                + "Request the same move again to complete it, or another move to supersede it.");

        foreach (var color in entry.Channels)
            if (pointers.TryGetValue(color, out var pointer) && pointer.HistoryEntry == entry.Number && pointer.Version != entry.To)
                yield return new(HistoryProblemKind.Changed, entry.Number,
                    $"The {color.Word()} channel of {model} refers to entry {entry.Number}, which moved it to version {entry.To}, but it is at {pointer.Version}.");
    }
}

/// <summary>One entry as it was found; without an entry if it could not be read.</summary>
internal readonly record struct HistoryLink(HistoryEntry? Entry, string Sha256);
