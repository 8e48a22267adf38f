using System.Runtime.CompilerServices;
using Slipway.Registry.Channels;
using Slipway.Registry.Storage;

namespace Slipway.Registry.History;

/// <summary>Who moved which channel of a model, when and why, and whether that record is unmodified.</summary>
public sealed class ModelHistory(IObjectStore store)
{
    private readonly HistoryJournal _journal = new(store);

    /// <summary>All entries, oldest first.</summary>
    public IAsyncEnumerable<HistoryEntry> ReadAsync(string model, CancellationToken cancellation) => ReadAsync(model, after: 0, cancellation);

    /// <summary>The entries after a given one, oldest first.</summary>
    public async IAsyncEnumerable<HistoryEntry> ReadAsync(string model, int after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ModelName.Check(model);
        await foreach (var number in _journal.NumbersAsync(model, after, cancellation))
            if (await _journal.FindAsync(model, number, cancellation) is { } found)
                yield return found.Value;
    }

    /// <summary>
    /// Compares every entry with the hash in its successor, and the last entry of each channel with the hash in that channel.
    /// Empty if the history is intact. A move that is in progress may show as incomplete.
    /// </summary>
    public async Task<IReadOnlyList<HistoryProblem>> VerifyAsync(string model, CancellationToken cancellation) =>
        (await InspectAsync(model, cancellation)).Problems;

    /// <summary>The history as far as it can be read, the channels that it moved, and what is wrong with either.</summary>
    public async Task<InspectedHistory> InspectAsync(string model, CancellationToken cancellation)
    {
        ModelName.Check(model);
        // channels before entries: in the reverse order, an entry that is written in between would seem to be missing
        var pointers = new Dictionary<Color, ChannelPointer>();
        var unreadable = new Dictionary<Color, HistoryProblem>();
        foreach (var color in Colors.All)
        {
            try
            {
                if (await store.ReadAsync(StoreKeys.Channel(model, color), RegistryJson.Default.ChannelPointer, cancellation) is { } pointer)
                    pointers[color] = pointer.Value;
            }
            catch (UnreadableObjectException e)
            {
                unreadable[color] = new(HistoryProblemKind.Channel, 0, $"The {color.Word()} channel of {model} cannot be read: {e.Message}");
            }
        }

        var links = new SortedDictionary<int, HistoryLink>();
        await foreach (var number in _journal.NumbersAsync(model, after: 0, cancellation))
            links[number] = await ReadLinkAsync(model, number, cancellation);
        return new(
            model, [.. links.Values.Select(link => link.Entry).OfType<HistoryEntry>()], pointers,
            [.. unreadable.Values, .. HistoryChain.Problems(model, links, pointers, [.. Colors.All.Where(color => !unreadable.ContainsKey(color))])])
        {
            Sha256 = links.Where(link => link.Value.Entry is not null).ToDictionary(link => link.Key, link => link.Value.Sha256),
        };
    }

    private async Task<HistoryLink> ReadLinkAsync(string model, int number, CancellationToken cancellation)
    {
        try
        {
            return await _journal.FindAsync(model, number, cancellation) is { } found ? new(found.Value, found.Sha256) : default;
        }
        catch (UnreadableObjectException)
        {
            return default; // the chain reports which, and that it was modified
        }
    }
}
