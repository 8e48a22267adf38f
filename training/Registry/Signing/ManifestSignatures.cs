using System.Text.Json;

namespace Slipway.Registry;

/// <summary>Signatures in the store: one envelope beside the manifests for each manifest, named by the SHA-256 of its bytes.</summary>
public sealed class ManifestSignatures(IObjectStore store)
{
    // thousands of hyperparameters stay far below this
    private const int LargestEnvelope = 1024 * 1024;

    /// <returns>The bytes of the envelope; null when there is none.</returns>
    public async Task<StoredEnvelope?> FindAsync(StoredManifest manifest, CancellationToken cancellation)
    {
        if (await store.GetAsync(StoreKeys.Signature(manifest.Model, manifest.Sha256), cancellation: cancellation) is not { } found)
            return null;
        await using (found)
            return new(await StoredBytes.ReadAsync(found, LargestEnvelope, cancellation), found.Info.ETag);
    }

    /// <summary>
    /// Signs a manifest, before it is in the store or afterwards. Where its envelope holds signatures of other keys over the same statement, they stay
    /// beside the new one.
    /// </summary>
    public async Task SignAsync(StoredManifest manifest, IManifestSigner signer, CancellationToken cancellation)
    {
        while (true)
        {
            var before = await BeforeAsync(manifest, cancellation);
            var payload = ManifestStatement.Of(manifest.Parse(), manifest.Sha256);
            var others = before is null ? [] : OthersOver(payload, before.Bytes);
            var signature = await signer.SignAsync(DsseEnvelope.PreAuthenticationEncoding(DsseEnvelope.InToto, payload), cancellation);
            var envelope = new DsseEnvelope(
                DsseEnvelope.InToto, Convert.ToBase64String(payload),
                [new(signer.Key.Id, Convert.ToBase64String(signature)), .. others.Where(other => other.KeyId != signer.Key.Id)]);
            var written = await store.WriteAsync(
                StoreKeys.Signature(manifest.Model, manifest.Sha256), envelope, SigningJson.Default.DsseEnvelope, PutCondition.Since(before?.ETag), cancellation);
            if (written is not null)
                return;
        }
    }

    // what is too long for an envelope is none, and written anew
    private async Task<StoredEnvelope?> BeforeAsync(StoredManifest manifest, CancellationToken cancellation)
    {
        try
        {
            return await FindAsync(manifest, cancellation);
        }
        catch (UnreadableObjectException)
        {
            return await store.HeadAsync(StoreKeys.Signature(manifest.Model, manifest.Sha256), cancellation: cancellation) is { } there ? new([], there.ETag) : null;
        }
    }

    private static IReadOnlyList<DsseSignature> OthersOver(byte[] payload, byte[] envelope)
    {
        try
        {
            return JsonSerializer.Deserialize(envelope, SigningJson.Default.DsseEnvelope) is { PayloadType: DsseEnvelope.InToto, Signatures: { } signatures } known
                && known.Payload == Convert.ToBase64String(payload)
                ? [.. signatures.Where(signature => signature is not null)]
                : [];
        }
        catch (JsonException)
        {
            return []; // it is no envelope, and written anew
        }
    }
}

/// <param name="ETag">Under which it was read.</param>
public sealed record StoredEnvelope(byte[] Bytes, string ETag);
