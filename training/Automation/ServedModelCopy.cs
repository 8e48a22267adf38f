using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Automation;

/// <summary>
/// Copies what one store serves and trains on to another, key by key, so that a candidate is compared with the same champion on the same data there. The source
/// store is only read.
/// </summary>
/// <param name="signatures">How manifests are verified before they are trusted.</param>
public sealed class ServedModelCopy(IObjectStore from, SignaturePolicy signatures, IObjectStore to, TimeProvider time)
{
    /// <summary>The largest dataset that is worth copying to a machine that only compares.</summary>
    public const long MaxDatasetBytes = 2L << 30;

    // channels and history entries are a page at most
    private const int MaxRecordBytes = 1024 * 1024;

    /// <returns>The version that is served, now there too; null if none is.</returns>
    /// <exception cref="SlipwayException">It exists, but not as it was registered.</exception>
    public async Task<int?> ChampionAsync(string model, CancellationToken cancellation)
    {
        // channels also contain what is blocked, and the next entry follows the last one, which was written before the channel that names it
        foreach (var color in Colors.All)
            await RecordAsync(StoreKeys.Channel(model, color), cancellation);
        if ((await new ModelChannels(from, time).SnapshotAsync(model, cancellation)).Head is { Number: > 0 } head)
            await RecordAsync(StoreKeys.HistoryEntry(model, head.Number), cancellation);
        if (await new Champions(to, time).FindAsync(model, cancellation) is not { } version)
            return null;

        var manifest = (await signatures.ReadAsync(from, model, version, cancellation))?.Manifest
            ?? throw new SlipwayException($"A channel of '{model}' points to version {version.ToString(CultureInfo.InvariantCulture)}, which has no manifest.");
        // a candidate with the same inputs is attempt 1 there, and must not take the champion's job for its own
        var job = TrainingJobId.BeforeFirst(manifest.Lineage.TrainingJob);
        await PutAsync(
            StoreKeys.Version(model, version),
            JsonSerializer.SerializeToUtf8Bytes(
                manifest with { Artifact = await ArchiveAsync(manifest.Artifact, StoreKeys.TrainingArtifact(job), cancellation), Lineage = manifest.Lineage with { TrainingJob = job } },
                RegistryJson.Default.ModelManifest), cancellation);
        return version;
    }

    /// <param name="dataset">With the intended version.</param>
    public async Task DatasetAsync(ObjectInfo dataset, CancellationToken cancellation)
    {
        if (dataset.Length > MaxDatasetBytes)
            throw new SlipwayException(
                $"'{dataset.Key}' has {dataset.Length:N0} bytes; datasets of more than {MaxDatasetBytes:N0} are not copied for a comparison. Upload a subset of its rows as a newer dataset, or name a sample in model.json.");
        await using var found = await from.GetAsync(dataset.Key, dataset.Version.Length > 0 ? dataset.Version : null, cancellation)
            ?? throw new SlipwayException($"'{dataset.Key}' was deleted from the store while it was being read.");
        var put = await to.PutAsync(dataset.Key, found.Content, PutCondition.Absent, cancellation);
        if (put?.Length != dataset.Length)
            throw new SlipwayException($"Only {put?.Length ?? 0:N0} of {dataset.Length:N0} bytes of '{dataset.Key}' were read.");
    }

    // The version of a key depends on the store; the hash, which identifies the archive, does not.
    private async Task<ArtifactReference> ArchiveAsync(ArtifactReference artifact, string key, CancellationToken cancellation)
    {
        await using var found = await from.GetAsync(artifact.Key, artifact.Version, cancellation)
            ?? throw new InvalidArtifactException($"The archive '{artifact.Key}' (version {artifact.Version}) is not in the store. Restore it from a backup, or train again.");
        if (found.Info.Length != artifact.Length)
            throw new InvalidArtifactException($"The archive '{artifact.Key}' has {found.Info.Length:N0} bytes, but {artifact.Length:N0} were registered.");

        using var hash = SHA256.Create();
        await using var hashed = new CryptoStream(found.Content, hash, CryptoStreamMode.Read);
        var put = await to.PutAsync(key, hashed, PutCondition.Absent, cancellation) ?? throw new SlipwayException($"'{key}' exists already.");
        var sha256 = Convert.ToHexStringLower(hash.Hash!);
        return sha256 == artifact.Sha256 ? artifact with { Key = key, Version = put.Version }
            : throw new InvalidArtifactException($"The archive '{artifact.Key}' has SHA-256 {sha256}, but {artifact.Sha256} was registered.");
    }

    private async Task RecordAsync(string key, CancellationToken cancellation)
    {
        if (await from.GetAsync(key, cancellation: cancellation) is not { } found)
            return;
        await using (found)
        {
            if (found.Info.Length > MaxRecordBytes)
                throw new UnreadableObjectException($"'{key}' in the store has {found.Info.Length:N0} bytes; the limit is {MaxRecordBytes:N0}.");
            await to.PutAsync(key, found.Content, PutCondition.Absent, cancellation);
        }
    }

    private async Task PutAsync(string key, byte[] bytes, CancellationToken cancellation)
    {
        using var content = new MemoryStream(bytes, writable: false);
        await to.PutAsync(key, content, PutCondition.Absent, cancellation);
    }
}
