using System.Text.Json;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Signing;

/// <summary>The envelopes in the store: one per signed object of a model, named by the SHA-256 of its bytes.</summary>
internal sealed class SignedEnvelopes(IObjectStore store)
{
    // thousands of hyperparameters stay far below this
    private const int MaxEnvelopeBytes = 1024 * 1024;

    /// <param name="sha256">Hash of the object's bytes.</param>
    /// <returns>The bytes of the envelope; null if there is none.</returns>
    public async Task<StoredEnvelope?> FindAsync(string model, string sha256, CancellationToken cancellation)
    {
        if (await store.GetAsync(StoreKeys.Signature(model, sha256), cancellation: cancellation) is not { } found)
            return null;
        await using (found)
            return new(await StoredBytes.ReadAsync(found, MaxEnvelopeBytes, cancellation), found.Info.ETag);
    }

    /// <summary>
    /// Signs a statement about an object, before or after the object is in the store. If its envelope contains signatures of other keys over the same statement,
    /// they are kept in addition to the new one.
    /// </summary>
    public async Task SignAsync(string model, string sha256, byte[] statement, IManifestSigner signer, CancellationToken cancellation)
    {
        while (true)
        {
            var before = await BeforeAsync(model, sha256, cancellation);
            var others = before is null ? [] : OthersOver(statement, before.Bytes);
            var signature = await signer.SignAsync(DsseEnvelope.PreAuthenticationEncoding(DsseEnvelope.InToto, statement), cancellation);
            var envelope = new DsseEnvelope(
                DsseEnvelope.InToto, Convert.ToBase64String(statement),
                [new(signer.Key.Id, Convert.ToBase64String(signature)), .. others.Where(other => other.KeyId != signer.Key.Id)]);
            var written = await store.WriteAsync(
                StoreKeys.Signature(model, sha256), envelope, SigningJson.Default.DsseEnvelope, PutCondition.Since(before?.ETag), cancellation);
            if (written is not null)
                return;
        }
    }

    // an object that is too long is not an envelope, and is replaced
    private async Task<StoredEnvelope?> BeforeAsync(string model, string sha256, CancellationToken cancellation)
    {
        try
        {
            return await FindAsync(model, sha256, cancellation);
        }
        catch (UnreadableObjectException)
        {
            return await store.HeadAsync(StoreKeys.Signature(model, sha256), cancellation: cancellation) is { } there ? new([], there.ETag) : null;
        }
    }

    private static IReadOnlyList<DsseSignature> OthersOver(byte[] statement, byte[] envelope)
    {
        try
        {
            return JsonSerializer.Deserialize(envelope, SigningJson.Default.DsseEnvelope) is { PayloadType: DsseEnvelope.InToto, Signatures: { } signatures } known
                && known.Payload == Convert.ToBase64String(statement)
                ? [.. signatures.Where(signature => signature is not null)]
                : [];
        }
        catch (JsonException)
        {
            return []; // it is not an envelope, and is replaced
        }
    }
}

/// <param name="ETag">Its ETag when it was read.</param>
public sealed record StoredEnvelope(byte[] Bytes, string ETag);
