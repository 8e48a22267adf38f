using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Rollbacks;

/// <summary>Rolls a model's channels back to a version, and blocks the version that they pointed to, so that automation does not publish it again.</summary>
/// <param name="signatures">How servers verify a version's signature.</param>
/// <param name="notice">Receives problems that occurred although the channels were moved.</param>
/// <param name="signer">Signs the history entry; null for people without a key.</param>
public sealed class ModelRollback(
    IObjectStore store, SignaturePolicy signatures, TimeProvider time, Action<string>? notice = null, IManifestSigner? signer = null)
{
    private readonly ModelVersions _versions = new(store);
    private readonly ModelChannels _channels = new(store, time, notice, signer);

    /// <param name="bad">SHA-256 of an ONNX file to block in any case; null for none.</param>
    /// <param name="expected">The last history entry when this was decided; null to roll back whatever has happened since.</param>
    /// <returns>The history entry; null if both channels pointed to the version already.</returns>
    /// <exception cref="ChampionChangedException">The last entry is a different one.</exception>
    public async Task<HistoryEntry?> MoveAsync(
        string model, int to, string by, string reason, CancellationToken cancellation, string? bad = null, HistoryHead? expected = null)
    {
        var target = await _versions.RequireAsync(model, to, cancellation);
        await ProveAsync(target, cancellation);
        while (true)
        {
            var seen = await _channels.SnapshotAsync(model, cancellation);
            if (expected is not null && expected != seen.Head)
                throw new ChampionChangedException(model, seen);
            if (!seen.IsUnderWay && Colors.All.All(color => seen.Pointers.GetValueOrDefault(color)?.Version == to))
                return null;

            try
            {
                return await _channels.MoveAsync(
                    new(model, to, HistoryAction.Rollback, Order(seen, to), by, reason, await SkippedAsync(seen, target, bad, cancellation), seen.Head), cancellation);
            }
            catch (ChampionChangedException) when (expected is null)
            {
                // another version was published in between: it is rolled back too, and blocked
            }
        }
    }

    // An entry records where the first of its channels was: one that is elsewhere, and what a process that died had begun in its own order.
    private static IReadOnlyList<Color> Order(ChannelSnapshot seen, int to) =>
        seen is { IsUnderWay: true, Last: { Action: HistoryAction.Rollback, Channels.Count: > 1 } last } && last.To == to
            ? last.Channels
            : [.. Colors.All.OrderBy(color => seen.Pointers.GetValueOrDefault(color)?.Version == to)];

    // Rolling back means that the newer version is bad; rolling forward says nothing about the older one.
    private async Task<IReadOnlyList<string>> SkippedAsync(ChannelSnapshot seen, ModelManifest target, string? bad, CancellationToken cancellation)
    {
        var left = bad is null ? [] : new List<string> { bad };
        foreach (var version in seen.Pointers.Values.Select(pointer => (int?)pointer.Version).Append(seen.Champion).Distinct())
            if (version > target.Version && await _versions.GetAsync(target.Model, version.Value, cancellation) is { } manifest)
                left.Add(manifest.Artifact.OnnxSha256);
        return [.. left.Distinct()];
    }

    // Servers would reject an unsigned manifest or a damaged archive, and stay where they are: better to fail before anything has moved.
    private async Task ProveAsync(ModelManifest target, CancellationToken cancellation)
    {
        try
        {
            await signatures.ReadAsync(store, target.Model, target.Version, cancellation);
            await new GoldenSets(store).ReadAsync(target, cancellation);
        }
        catch (SlipwayException e)
        {
            throw new SlipwayException($"'{target.Model}' version {target.Version} cannot be served, so nothing was moved. {e.Message}", e);
        }
    }

    /// <summary>Each model's last history entry, and when the store received it: by one clock for all of them.</summary>
    public async Task<IReadOnlyList<ModelChange>> LastChangesAsync(CancellationToken cancellation)
    {
        var current = new List<ModelChange>();
        foreach (var model in await _versions.ModelsAsync(cancellation))
            if (await _channels.SnapshotAsync(model, cancellation) is { Last: { } entry } seen
                && await store.HeadAsync(StoreKeys.HistoryEntry(model, entry.Number), cancellation: cancellation) is { } stored)
                current.Add(new(entry, seen.Head, stored.LastModified));
        return current;
    }
}

/// <param name="StoredAt">By the store's clock.</param>
public sealed record ModelChange(HistoryEntry Entry, HistoryHead Head, DateTimeOffset StoredAt);
