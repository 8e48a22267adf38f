using System.Runtime.CompilerServices;
using System.Text.Json;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Registry.History;

/// <summary>Reads and writes entries, with the hash of their stored bytes: the links of the chain.</summary>
internal sealed class HistoryJournal(IObjectStore store)
{
    /// <summary>The entry with the highest number; null if there is none, or if it is missing.</summary>
    /// <param name="from">A number that a channel refers to: however long the history, only later entries are listed.</param>
    public async Task<StoredEntry?> LastAsync(string model, int from, CancellationToken cancellation)
    {
        var last = from;
        await foreach (var number in NumbersAsync(model, from, cancellation))
            last = number;
        return last == 0 ? null : await FindAsync(model, last, cancellation);
    }

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
