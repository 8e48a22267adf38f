using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Channels;

/// <summary>
/// The pointers that servers follow. A move is written into the history first and then made, pointer by pointer, by compare-and-swap.
/// </summary>
/// <remarks>
/// Movers may race, and may die anywhere. The history entry's number decides: a pointer never goes to a lower one, so after any interleaving
/// each channel is where the highest entry that was carried out put it. A mover that died between the two steps is finished by asking
/// again for the same; until then its entry shows as incomplete.
/// </remarks>
/// <param name="notice">Hears of what went wrong although the channels were moved.</param>
/// <param name="signer">Signs the entries of the history; null for a mover without a key, whose entries the next signed one vouches for.</param>
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
                $"{e.Message} Remove that object, then ./build.sh --target=Rollback --model={model} --to=<version> writes it anew; ./build.sh --target=History --model={model} tells which version it was.", e);
        }
    }

    /// <summary>Where a model stands. What is decided on it goes into <see cref="ChannelMove.Expected"/>.</summary>
    public async Task<SeenChannels> SeeAsync(string model, CancellationToken cancellation)
    {
        var (seen, _) = await LookAsync(model, cancellation);
        return seen;
    }

    /// <summary>
    /// Moves channels to a version. Asking for where they already are changes nothing. Returns the history entry that put them there.
    /// </summary>
    /// <exception cref="ChampionChangedException">The last entry of the history is not the one that the move expects.</exception>
    public async Task<HistoryEntry> MoveAsync(ChannelMove move, CancellationToken cancellation)
    {
        Check(move);
        var manifest = await _versions.GetAsync(move.Model, move.Version, cancellation)
            ?? throw new SlipwayException($"{move.Model} has no version {move.Version}. 'History --model={move.Model}' names those it has had.");

        while (true)
        {
            var (seen, last) = await LookAsync(move.Model, cancellation);
            RefuseMissing(move.Model, last, seen.Pointers.Values);
            var moved = move.Channels.Select(color => seen.Pointers.GetValueOrDefault(color)).ToArray();
            if (!seen.IsUnderWayOn(move.Channels) && moved.All(pointer => pointer is not null && IsAt(move, pointer)))
            {
                var there = await ThereAsync(move, manifest, moved, cancellation);
                await CatalogAsync(move, cancellation); // who moved them may have died before it did
                return there;
            }

            var entry = IsUnfinished(move, last, moved) ? last : await TryAppendAsync(move, manifest, seen, last, cancellation);
            if (entry is null)
                continue; // somebody else won the number

            foreach (var color in move.Channels)
                await FollowAsync(move, manifest, color, entry, cancellation);
            await CatalogAsync(move, cancellation);
            return entry.Value;
        }
    }

    // The pointers are moved, which is what was asked for: servers that the catalog does not tell of it find out by themselves, later.
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
                notice?.Invoke($"'{move.Model}' was moved to version {move.Version}, but the catalog of {color.Word()} could not say so; its servers notice at their next comparison. {e.Message}");
            }
        }
    }

    /// <summary>Whether automation must not publish a model file.</summary>
    public async Task<bool> IsBlockedAsync(string model, string onnxSha256, CancellationToken cancellation) =>
        (await SeeAsync(model, cancellation)).Blocks(onnxSha256);

    // The entry is read after the pointers: it is written before the pointer that names it, so the last is none lower than any of theirs.
    private async Task<(SeenChannels Seen, StoredEntry? Last)> LookAsync(string model, CancellationToken cancellation)
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

    // A mover died, or is still at it, between the entry and the last pointer, and asked for exactly this.
    private static bool IsUnfinished(ChannelMove move, StoredEntry? last, IEnumerable<ChannelPointer?> pointers) =>
        last?.Value is { } entry
        && entry.Action == move.Action && entry.To == move.Version && entry.By == move.By && entry.Reason == move.Reason
        && entry.Channels.SequenceEqual(move.Channels)
        && (move.Block ?? []).All((entry.Blocked ?? []).Contains)
        && pointers.Any(pointer => pointer is null || pointer.HistoryEntry < entry.Number);

    // The number is what movers race for: whoever finds the head that it expects, and wins the number after it, was preceded by nobody.
    private async Task<StoredEntry?> TryAppendAsync(
        ChannelMove move, ModelManifest manifest, SeenChannels seen, StoredEntry? last, CancellationToken cancellation)
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

    // A mover that died may have left a block in the history that no channel has yet. It must not get lost with the move.
    private static IEnumerable<string> LeftBehind(ChannelMove move, SeenChannels seen) =>
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

    // Null when there is nothing left to do.
    private static ChannelPointer? Next(ChannelMove move, StoredEntry entry, ChannelPointer? current)
    {
        string[] blocked = [.. (current?.Blocked ?? []).Union(move.Block ?? [], StringComparer.Ordinal).Union(entry.Value.Blocked ?? [], StringComparer.Ordinal)];
        if (current is null || current.HistoryEntry < entry.Value.Number)
            return new(move.Version, current?.Version == move.Version ? current.Previous : current?.Version, blocked, entry.Value.Number, entry.Sha256);

        // A later move came in between, or another mover made this one: the pointer is where it belongs. What this move blocks must not get lost with it.
        return blocked.Length == current.Blocked.Count ? null : current with { Blocked = blocked };
    }

    // A person may go back to a blocked version by name; nothing promotes it by itself.
    private static void RefuseBlocked(ChannelMove move, ModelManifest manifest, IReadOnlyList<string>? blocked)
    {
        if (move.Action == HistoryAction.Publish && blocked?.Contains(manifest.Artifact.OnnxSha256) == true)
            throw new SlipwayException(
                $"{move.Model} version {move.Version} was rolled back before and is blocked (model.onnx {manifest.Artifact.OnnxSha256[..12]}...). "
                + $"Train a new version, or insist with 'Rollback --to={move.Version}'.");
    }

    // Its number must not be given to another entry: the pointer that names it would take that one for its own.
    private static void RefuseMissing(string model, StoredEntry? last, IEnumerable<ChannelPointer> pointers)
    {
        var named = pointers.Select(pointer => pointer.HistoryEntry).DefaultIfEmpty().Max();
        if (named > (last?.Value.Number ?? 0))
            throw HistoryJournal.Missing(model, named);
    }

    private static void Check(ChannelMove move)
    {
        if (move.Channels.Count == 0 || move.Channels.Distinct().Count() != move.Channels.Count)
            throw new ArgumentException("A move names at least one channel, and each once.", nameof(move));
        if (string.IsNullOrWhiteSpace(move.By) || string.IsNullOrWhiteSpace(move.Reason))
            throw new SlipwayException("A move needs a name and a reason: the history says who moved what and why.");
        if (move.By.Any(char.IsControl) || move.Reason.Any(char.IsControl))
            throw new SlipwayException("The name and the reason of a move are one line each, without control characters: they are shown in the history as they are.");
    }
}
