using System.Runtime.CompilerServices;
using System.Text.Json;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Registry.History;

/// <summary>Reads and writes entries, with the hash of their stored bytes: the links of the chain.</summary>
internal sealed class HistoryJournal(IObjectStore store)
{
    /// <summary>The last entry; null if there is none, or if it is missing. Takes as many requests after ten moves as after ten thousand.</summary>
    /// <param name="from">A number that a channel refers to. Usually the last: later ones exist only if a process died, or is at work, between an entry and its channel.</param>
    public async Task<StoredEntry?> LastAsync(string model, int from, CancellationToken cancellation)
    {
        if (await FindAsync(model, from + 1, cancellation) is not { } next)
            return from == 0 ? null : await FindAsync(model, from, cancellation);
        var last = await LastNumberAsync(model, from + 1, cancellation);
        return last == from + 1 ? next : await FindAsync(model, last, cancellation);
    }

    // Every entry takes the number after the last one, so there are no gaps: steps that double, then halves. Without any channel, the search starts at the beginning.
    private async Task<int> LastNumberAsync(string model, int exists, CancellationToken cancellation)
    {
        var step = 1;
        while (await ExistsAsync(model, exists + step, cancellation))
            (exists, step) = (exists + step, step * 2);
        for (var absent = exists + step; absent - exists > 1;)
        {
            var middle = exists + (absent - exists) / 2;
            (exists, absent) = await ExistsAsync(model, middle, cancellation) ? (middle, absent) : (exists, middle);
        }

        return exists;
    }

    private async Task<bool> ExistsAsync(string model, int number, CancellationToken cancellation) =>
        await store.HeadAsync(StoreKeys.HistoryEntry(model, number), cancellation: cancellation) is not null;

    /// <summary>The numbers after a given one, ascending.</summary>
    public async IAsyncEnumerable<int> NumbersAsync(string model, int after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var key in store.ListKeysAsync(StoreKeys.History(model), StoreKeys.HistoryEntry(model, after), cancellation))
            if (StoreKeys.NumberOf(key) is { } number)
                yield return number;
    }

    public async Task<StoredEntry> GetAsync(string model, int number, CancellationToken cancellation) =>
        await FindAsync(model, number, cancellation) ?? throw Missing(model, number);

    public static SlipwayException Missing(string model, int number) =>
        new($"Entry {number} of the history of {model} is missing from the store, although a channel refers to it. "
            + $"Restore '{StoreKeys.HistoryEntry(model, number)}' from a backup: without it, no channel can be moved.");

    public async Task<StoredEntry?> FindAsync(string model, int number, CancellationToken cancellation)
    {
        var key = StoreKeys.HistoryEntry(model, number);
        if (await store.GetAsync(key, cancellation: cancellation) is not { } found)
            return null;

        await using (found)
        {
            using var bytes = new MemoryStream();
            await found.Content.CopyToAsync(bytes, cancellation);
            return new(Parse(key, bytes.ToArray()), Sha256Hex.Of(bytes.ToArray()));
        }
    }

    /// <summary>Appends <paramref name="entry"/> after <paramref name="last"/>; null if its number is taken already.</summary>
    /// <param name="signer">Signs it before it is written; null if the mover has no key.</param>
    public async Task<StoredEntry?> TryAppendAsync(StoredEntry? last, HistoryEntry entry, IManifestSigner? signer, CancellationToken cancellation)
    {
        if (entry.Number != (last?.Value.Number ?? 0) + 1)
            throw new SlipwayException($"The last entry of the history of {entry.Model} has the number of another. Run 'History --model={entry.Model}' to see what is wrong.");

        var bytes = JsonSerializer.SerializeToUtf8Bytes(entry, RegistryJson.Default.HistoryEntry);
        var sha256 = Sha256Hex.Of(bytes);
        if (signer is not null)
            await new SignedEnvelopes(store).SignAsync(entry.Model, sha256, HistoryStatement.Of(entry, sha256), signer, cancellation);
        using var content = new MemoryStream(bytes, writable: false);
        var written = await store.PutAsync(StoreKeys.HistoryEntry(entry.Model, entry.Number), content, PutCondition.Absent, cancellation: cancellation);
        return written is null ? null : new(entry, sha256);
    }

    private static HistoryEntry Parse(string key, byte[] bytes)
    {
        try
        {
            return CompleteJson.Deserialize(bytes, RegistryJson.Default.HistoryEntry)
                ?? throw new UnreadableObjectException($"'{key}' in the store is null instead of a history entry.");
        }
        catch (JsonException e)
        {
            throw new UnreadableObjectException($"'{key}' in the store is not a readable history entry: {e.Message}", e);
        }
    }
}

/// <param name="Sha256">Of the bytes as they are stored.</param>
internal sealed record StoredEntry(HistoryEntry Value, string Sha256);
