namespace Slipway.Registry;

/// <summary>
/// The pointers that servers follow. A move is written into the history first and then made, pointer by pointer, by compare-and-swap.
/// </summary>
/// <remarks>
/// Movers may race, and may die anywhere. The history entry's number decides: a pointer never goes to a lower one, so after any interleaving
/// each channel is where the highest entry that was carried out put it. A mover that died between the two steps is finished by asking
/// again for the same; until then its entry shows as incomplete.
/// </remarks>
public sealed class ModelChannels(IObjectStore store, TimeProvider time)
{
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

    /// <summary>
    /// Moves channels to a version. Asking for where they already are changes nothing. Returns the history entry that put them there.
    /// </summary>
    public async Task<HistoryEntry> MoveAsync(ChannelMove move, CancellationToken cancellation)
    {
        Check(move);
        var manifest = await _versions.GetAsync(move.Model, move.Version, cancellation)
            ?? throw new SlipwayException($"{move.Model} has no version {move.Version}. 'History --model={move.Model}' names those it has had.");

        while (true)
        {
            var pointers = await PointersAsync(move.Model, cancellation);
            var moved = move.Channels.Select(color => pointers.GetValueOrDefault(color)).ToArray();
            foreach (var pointer in moved)
                RefuseBlocked(move, manifest, pointer?.Blocked);
            if (moved.All(pointer => pointer is not null && IsAt(move, pointer)))
                return (await _journal.GetAsync(move.Model, moved.Max(pointer => pointer!.HistoryEntry), cancellation)).Value;

            // Read after the pointers: an entry is written before the pointer that names it, so the last is none lower than any of theirs.
            var last = await _journal.LastAsync(move.Model, cancellation);
            RefuseMissing(move.Model, last, pointers.Values);
            var entry = IsUnfinished(move, last, moved) ? last : await TryAppendAsync(move, manifest, last, pointers, cancellation);
            if (entry is null)
                continue; // somebody else won the number

            foreach (var color in move.Channels)
                await FollowAsync(move, manifest, color, entry, cancellation);
            return entry.Value;
        }
    }

    /// <summary>Whether automation must not publish a model file: a channel blocks it, or will when the last move is finished.</summary>
    public async Task<bool> IsBlockedAsync(string model, string onnxSha256, CancellationToken cancellation)
    {
        var pointers = await PointersAsync(model, cancellation);
        return pointers.Values.Any(pointer => pointer.Blocked.Contains(onnxSha256))
            || (await _journal.LastAsync(model, cancellation))?.Value.Blocked?.Contains(onnxSha256) == true;
    }

    private async Task<Dictionary<Color, ChannelPointer>> PointersAsync(string model, CancellationToken cancellation)
    {
        var pointers = new Dictionary<Color, ChannelPointer>();
        foreach (var color in Colors.All)
            if (await GetAsync(model, color, cancellation) is { } found)
                pointers[color] = found.Value;
        return pointers;
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

    private async Task<StoredEntry?> TryAppendAsync(
        ChannelMove move, ModelManifest manifest, StoredEntry? last, Dictionary<Color, ChannelPointer> pointers, CancellationToken cancellation)
    {
        string[] blocked = [.. (move.Block ?? []).Union(LeftBehind(move, last, pointers), StringComparer.Ordinal)];
        RefuseBlocked(move, manifest, blocked);
        var entry = new HistoryEntry(
            (last?.Value.Number ?? 0) + 1, move.Model, move.Action, move.Channels, pointers.GetValueOrDefault(move.Channels[0])?.Version,
            move.Version, move.By, move.Reason, time.GetUtcNow(), last?.Sha256, blocked,
            await _versions.Sha256Async(move.Model, move.Version, cancellation));
        return await _journal.TryAppendAsync(last, entry, cancellation);
    }

    // A mover that died may have left a block in the history that no channel has yet. It must not get lost with the move.
    private static IEnumerable<string> LeftBehind(ChannelMove move, StoredEntry? last, Dictionary<Color, ChannelPointer> pointers) =>
        from digest in last?.Value.Blocked ?? []
        where last!.Value.Channels.Intersect(move.Channels).Any(color => pointers.GetValueOrDefault(color)?.Blocked.Contains(digest) != true)
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
