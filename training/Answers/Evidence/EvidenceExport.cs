using System.Globalization;
using System.Text.Json;
using Slipway.PredictionLogs;
using Slipway.Registry;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Predictions;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Answers.Evidence;

/// <summary>Collects what says which data made a prediction, verifies it, and signs it as one file.</summary>
/// <param name="environment">Its name.</param>
/// <param name="by">Who exports it.</param>
public sealed class EvidenceExport(
    IObjectStore store, PredictionIds ids, SignaturePolicy signatures, IManifestSigner signer, string environment, string by, TimeProvider time)
{
    private const int MaxObjectBytes = 64 * 1024 * 1024;

    // between two signed entries there is hardly ever another one
    private const int MaxEntries = 10_000;

    /// <param name="prediction">A prediction id.</param>
    /// <exception cref="SlipwayException">Something is missing without which it would prove nothing; the message says what.</exception>
    public async Task<ExportedEvidence> CreateAsync(string prediction, CancellationToken cancellation)
    {
        var traced = await new PredictionTrace(store, ids, signatures).FindAsync(prediction, cancellation);
        if (!traced.Authentic)
            throw new SlipwayException($"'{prediction}' was not created by a server of this environment, or was modified: there is nothing to prove.");
        var (model, version) = (traced.Id.Model, traced.Id.Version);
        var stored = await new ModelVersions(store).FindAsync(model, version, cancellation)
            ?? throw new SlipwayException($"The manifest of '{model}' version {version} is not in the store, so nothing says what made the prediction. Restore '{StoreKeys.Version(model, version)}' from a backup.");
        await signatures.VerifyAsync(store, stored, cancellation);
        var manifest = stored.Parse();
        var (history, head) = await HistoryAsync(stored, cancellation);
        var content = new EvidenceContent(
            EvidenceContent.TypeName, environment, time.GetUtcNow(), by,
            new(prediction, IdAuthentic: true, model, version, traced.Id.Replica, traced.Id.Hour, traced.Logged),
            await DatasetAsync(manifest.Lineage, cancellation),
            new(stored.Key, stored.Sha256, Convert.ToBase64String(stored.Bytes), await EnvelopeAsync(model, stored.Sha256, cancellation)),
            history, head,
            [.. signatures.Verifier.Trusted.Append(signer.Key).DistinctBy(key => key.Id).Select(key => key.ToPem())]);
        return new(content, await SignAsync(content, cancellation), signer.Key);
    }

    private async Task<byte[]> SignAsync(EvidenceContent content, CancellationToken cancellation)
    {
        var payload = EvidenceJson.Bytes(content);
        var signature = await signer.SignAsync(DsseEnvelope.PreAuthenticationEncoding(EvidenceContent.PayloadType, payload), cancellation);
        return JsonSerializer.SerializeToUtf8Bytes(
            new(EvidenceContent.PayloadType, Convert.ToBase64String(payload), [new(signer.Key.Id, Convert.ToBase64String(signature))]), SigningJson.Default.DsseEnvelope);
    }

    private async Task<EvidenceDataset> DatasetAsync(Lineage lineage, CancellationToken cancellation)
    {
        var dataset = lineage.Dataset;
        var copy = StoreKeys.TrainingInput(lineage.TrainingJob, "training", dataset.Key[(dataset.Key.LastIndexOf('/') + 1)..]);
        if (await store.GetAsync(copy, cancellation: cancellation) is not { } found)
            return new(dataset.Key, dataset.Version, dataset.Sha256, dataset.Length, dataset.Rows, copy, null);
        await using (found)
        {
            var sha256 = await Sha256Hex.OfAsync(found.Content, cancellation);
            return sha256 == dataset.Sha256
                ? new(dataset.Key, dataset.Version, dataset.Sha256, dataset.Length, dataset.Rows, copy, sha256)
                : throw new SlipwayException(
                    $"'{copy}' is not the dataset that training job {lineage.TrainingJob} read: its SHA-256 is {sha256}, but the lineage says {dataset.Sha256 ?? "nothing"}. Restore it from a backup.");
        }
    }

    /// <returns>The entries from the one that published the version to the first signed one, and the envelope of that.</returns>
    private async Task<(IReadOnlyList<EvidenceObject> Entries, string Head)> HistoryAsync(StoredManifest manifest, CancellationToken cancellation)
    {
        var entries = new List<EvidenceObject>();
        await foreach (var entry in new ModelHistory(store).ReadAsync(manifest.Model, cancellation))
        {
            if (entries.Count == 0 && (entry.To != manifest.Version || entry.ManifestSha256 != manifest.Sha256))
                continue;
            var key = StoreKeys.HistoryEntry(manifest.Model, entry.Number);
            var bytes = await BytesAsync(key, cancellation) ?? throw new SlipwayException($"'{key}' is not in the store any more. Restore it from a backup.");
            var sha256 = Sha256Hex.Of(bytes);
            entries.Add(new(key, sha256, Convert.ToBase64String(bytes)));
            if (await BytesAsync(StoreKeys.Signature(manifest.Model, sha256), cancellation) is { } envelope)
            {
                var what = string.Create(CultureInfo.InvariantCulture, $"Entry {entry.Number} of the history of {manifest.Model}");
                signatures.Verifier.Verify(what, key, sha256, envelope);
                return (entries, Convert.ToBase64String(envelope));
            }

            if (entries.Count == MaxEntries)
                break;
        }

        throw new SlipwayException(entries.Count == 0
            ? $"No entry of the history of '{manifest.Model}' published version {manifest.Version} with exactly this manifest, so nothing says that it ever served. Check with ./build.sh --target=History --model={manifest.Model} --verify"
            : $"No entry of the history of '{manifest.Model}' is signed since version {manifest.Version} was published, so nobody vouches for it. Sign it with ./build.sh --target=Sign --model={manifest.Model}");
    }

    private async Task<string> EnvelopeAsync(string model, string sha256, CancellationToken cancellation) =>
        Convert.ToBase64String(await BytesAsync(StoreKeys.Signature(model, sha256), cancellation)
            ?? throw new SlipwayException($"'{StoreKeys.Signature(model, sha256)}' is not in the store any more. Sign the version again with ./build.sh --target=Sign --model={model}"));

    private async Task<byte[]?> BytesAsync(string key, CancellationToken cancellation)
    {
        if (await store.GetAsync(key, cancellation: cancellation) is not { } found)
            return null;
        await using (found)
            return await StoredBytes.ReadAsync(found, MaxObjectBytes, cancellation);
    }
}

/// <param name="File">The signed envelope: the content of the file.</param>
/// <param name="Key">The key that signed it.</param>
public sealed record ExportedEvidence(EvidenceContent Content, byte[] File, TrustedKey Key);
