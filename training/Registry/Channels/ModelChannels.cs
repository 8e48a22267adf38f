using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Channels;

/// <summary>
/// The channels that servers follow. A move is first written to the history and then made, channel by channel, by compare-and-swap.
/// </summary>
/// <remarks>
/// Several processes may move channels at once, and may die at any point. The history entry's number decides: a channel never goes back to a lower one, so after any interleaving
/// each channel is where the highest entry that was carried out put it. A move whose process died between the two steps is completed by requesting
/// the same move again; until then, its entry shows as incomplete.
/// </remarks>
/// <param name="notice">Receives problems that occurred although the channels were moved.</param>
/// <param name="signer">Signs the history entries; null for a mover without a key, whose entries the next signed one vouches for.</param>
public sealed class ModelChannels(IObjectStore store, TimeProvider time, Action<string>? notice = null, IManifestSigner? signer = null)
{
    private readonly ChannelCatalogs _catalogs = new(store);
    private readonly ModelVersions _versions = new(store);
    private readonly HistoryJournal _journal = new(store);

    public async Task<Versioned<ChannelPointer>?> GetAsync(string model, Color color, CancellationToken cancellation)
    {
        ModelName.Check(model);
        try
        {
            return await store.ReadAsync(StoreKeys.Channel(model, color), RegistryJson.Default.ChannelPointer, cancellation);
        }
        catch (UnreadableObjectException e)
        {
            throw new UnreadableObjectException(
                $"{e.Message} Delete that object, then recreate it with ./build.sh --target=Rollback --model={model} --to=<version>; ./build.sh --target=History --model={model} shows which version it was.", e);
        }
    }

    /// <summary>The current state of a model's channels. Decisions based on it pass it on in <see cref="ChannelMove.Expected"/>.</summary>
    public async Task<ChannelSnapshot> SnapshotAsync(string model, CancellationToken cancellation)
    {
        var (seen, _) = await ReadAsync(model, cancellation);
        return seen;
    }

    /// <summary>
    /// Moves channels to a version. Idempotent: channels that already point to it are not moved. Returns the history entry of their last move.
    /// </summary>
    /// <exception cref="ChampionChangedException">The last history entry is not the expected one.</exception>
    public async Task<HistoryEntry> MoveAsync(ChannelMove move, CancellationToken cancellation)
    {
        Check(move);
        var manifest = await _versions.GetAsync(move.Model, move.Version, cancellation)
            ?? throw new SlipwayException($"{move.Model} has no version {move.Version}. Run 'History --model={move.Model}' to see its versions.");

        while (true)
        {
            var (seen, last) = await ReadAsync(move.Model, cancellation);
            RefuseMissing(move.Model, last, seen.Pointers.Values);
            var moved = move.Channels.Select(color => seen.Pointers.GetValueOrDefault(color)).ToArray();
            if (!seen.IsUnderWayOn(move.Channels) && moved.All(pointer => pointer is not null && IsAt(move, pointer)))
            {
                var there = await ThereAsync(move, manifest, moved, cancellation);
                await CatalogAsync(move, cancellation); // the process that moved them may have died before it updated the catalog
                return there;
            }

            var entry = IsUnfinished(move, last, moved) ? last : await TryAppendAsync(move, manifest, seen, last, cancellation);
            if (entry is null)
                continue; // somebody else got the number

            foreach (var color in move.Channels)
                await FollowAsync(move, manifest, color, entry, cancellation);
            await CatalogAsync(move, cancellation);
            return entry.Value;
        }
    }

    // The channels are moved, as requested: servers that do not learn of it from the catalog find out themselves, later.
    private async Task CatalogAsync(ChannelMove move, CancellationToken cancellation)
    {
        foreach (var color in move.Channels)
        {
            try
            {
                await _catalogs.UpdateAsync(move.Model, color, cancellation);
            }
            catch (SlipwayException e)
            {
                notice?.Invoke($"'{move.Model}' was moved to version {move.Version}, but the catalog of {color.Word()} could not be updated; its servers will notice at their next comparison. {e.Message}");
            }
        }
    }

    /// <summary>Whether automation must not publish a model file.</summary>
    public async Task<bool> IsBlockedAsync(string model, string onnxSha256, CancellationToken cancellation) =>
        (await SnapshotAsync(model, cancellation)).Blocks(onnxSha256);

    // The entry is read after the channels: it is written before the channel that refers to it, so the last entry is not lower than any of theirs.
    private async Task<(ChannelSnapshot Seen, StoredEntry? Last)> ReadAsync(string model, CancellationToken cancellation)
    {
        var pointers = new Dictionary<Color, ChannelPointer>();
        foreach (var color in Colors.All)
            if (await GetAsync(model, color, cancellation) is { } found)
                pointers[color] = found.Value;
        var last = await _journal.LastAsync(model, pointers.Values.Select(pointer => pointer.HistoryEntry).DefaultIfEmpty().Max(), cancellation);
        return (new(HistoryHead.Of(last), last?.Value, pointers), last);
    }

    private async Task<HistoryEntry> ThereAsync(ChannelMove move, ModelManifest manifest, ChannelPointer?[] pointers, CancellationToken cancellation)
    {
        if (move.Expected is null)
            foreach (var pointer in pointers)
                RefuseBlocked(move, manifest, pointer?.Blocked);
        return (await _journal.GetAsync(move.Model, pointers.Max(pointer => pointer!.HistoryEntry), cancellation)).Value;
    }

    private static bool IsAt(ChannelMove move, ChannelPointer pointer) =>
        pointer.Version == move.Version && (move.Block ?? []).All(pointer.Blocked.Contains);

    // A process crashed, or is still running, between the entry and the last channel, and requested exactly this.
    private static bool IsUnfinished(ChannelMove move, StoredEntry? last, IEnumerable<ChannelPointer?> pointers) =>
        last?.Value is { } entry
        && entry.Action == move.Action && entry.To == move.Version && entry.By == move.By && entry.Reason == move.Reason
        && entry.Channels.SequenceEqual(move.Channels)
        && (move.Block ?? []).All((entry.Blocked ?? []).Contains)
        && pointers.Any(pointer => pointer is null || pointer.HistoryEntry < entry.Number);

    // Movers compete for the number: if a mover finds the head that it expects, and gets the next number, nothing came in between.
    private async Task<StoredEntry?> TryAppendAsync(
        ChannelMove move, ModelManifest manifest, ChannelSnapshot seen, StoredEntry? last, CancellationToken cancellation)
    {
        if (move.Expected is { } expected && expected != seen.Head)
            throw new ChampionChangedException(move.Model, seen);

        string[] blocked = [.. (move.Block ?? []).Union(LeftBehind(move, seen), StringComparer.Ordinal)];
        foreach (var color in move.Channels)
            RefuseBlocked(move, manifest, seen.Pointers.GetValueOrDefault(color)?.Blocked);
        RefuseBlocked(move, manifest, blocked);
        var entry = new HistoryEntry(
            seen.Head.Number + 1, move.Model, move.Action, move.Channels, seen.Pointers.GetValueOrDefault(move.Channels[0])?.Version,
            move.Version, move.By, move.Reason, time.GetUtcNow(), seen.Head.Sha256, blocked,
            await _versions.Sha256Async(move.Model, move.Version, cancellation));
        return await _journal.TryAppendAsync(last, entry, signer, cancellation);
    }

    // A process that died may have left a block in the history that no channel has yet. It must not get lost with the move.
    private static IEnumerable<string> LeftBehind(ChannelMove move, ChannelSnapshot seen) =>
        from digest in seen.Last?.Blocked ?? []
        where seen.Last!.Channels.Intersect(move.Channels).Any(color => seen.Pointers.GetValueOrDefault(color)?.Blocked.Contains(digest) != true)
        select digest;

    private async Task FollowAsync(ChannelMove move, ModelManifest manifest, Color color, StoredEntry entry, CancellationToken cancellation)
    {
        while (true)
        {
            var current = await GetAsync(move.Model, color, cancellation);
            var next = Next(move, entry, current?.Value);
            if (next is null)
                return;
            if (next.HistoryEntry == entry.Value.Number)
                RefuseBlocked(move, manifest, current?.Value.Blocked);

            var written = await store.WriteAsync(
                StoreKeys.Channel(move.Model, color), next, RegistryJson.Default.ChannelPointer, PutCondition.Since(current?.ETag), cancellation);
            if (written is not null)
                return;
        }
    }

    // Null if there is nothing left to do.
    private static ChannelPointer? Next(ChannelMove move, StoredEntry entry, ChannelPointer? current)
    {
        string[] blocked = [.. (current?.Blocked ?? []).Union(move.Block ?? [], StringComparer.Ordinal).Union(entry.Value.Blocked ?? [], StringComparer.Ordinal)];
        if (current is null || current.HistoryEntry < entry.Value.Number)
            return new(move.Version, current?.Version == move.Version ? current.Previous : current?.Version, blocked, entry.Value.Number, entry.Sha256);

        // A later move came in between, or another process made this one: the channel is where it belongs. What this move blocks must not get lost with it.
        return blocked.Length == current.Blocked.Count ? null : current with { Blocked = blocked };
    }

    // A person may roll back to a blocked version explicitly; nothing promotes it automatically.
    private static void RefuseBlocked(ChannelMove move, ModelManifest manifest, IReadOnlyList<string>? blocked)
    {
        if (move.Action == HistoryAction.Publish && blocked?.Contains(manifest.Artifact.OnnxSha256) == true)
            throw new SlipwayException(
                $"{move.Model} version {move.Version} was rolled back before and is blocked (model.onnx {manifest.Artifact.OnnxSha256[..12]}...). "
                + $"Train a new version, or override with 'Rollback --to={move.Version}'.");
    }

    // Its number must not be reused for another entry: the channel that refers to it would mistake that one for its own.
    private static void RefuseMissing(string model, StoredEntry? last, IEnumerable<ChannelPointer> pointers)
    {
        var named = pointers.Select(pointer => pointer.HistoryEntry).DefaultIfEmpty().Max();
        if (named > (last?.Value.Number ?? 0))
            throw HistoryJournal.Missing(model, named);
    }

    private static void Check(ChannelMove move)
    {
        if (move.Channels.Count == 0 || move.Channels.Distinct().Count() != move.Channels.Count)
            throw new ArgumentException("A move must name at least one channel, and each only once.", nameof(move));
        if (string.IsNullOrWhiteSpace(move.By) || string.IsNullOrWhiteSpace(move.Reason))
            throw new SlipwayException("A move needs a name and a reason: the history records who moved what and why.");
        if (move.By.Any(char.IsControl) || move.Reason.Any(char.IsControl))
            throw new SlipwayException("The name and the reason of a move must be one line each, without control characters: the history shows them as they are.");
    }
}
