using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Signing;

/// <summary>The signatures of manifests, stored next to them.</summary>
public sealed class ManifestSignatures(IObjectStore store)
{
    private readonly SignedEnvelopes _envelopes = new(store);

    /// <returns>The bytes of the envelope; null if there is none.</returns>
    public Task<StoredEnvelope?> FindAsync(StoredManifest manifest, CancellationToken cancellation) =>
        _envelopes.FindAsync(manifest.Model, manifest.Sha256, cancellation);

    /// <summary>
    /// Signs a manifest, before or after it is in the store. If its envelope contains signatures of other keys over the same statement, they are kept
    /// in addition to the new one.
    /// </summary>
    public Task SignAsync(StoredManifest manifest, IManifestSigner signer, CancellationToken cancellation) =>
        _envelopes.SignAsync(manifest.Model, manifest.Sha256, ManifestStatement.Of(manifest.Parse(), manifest.Sha256), signer, cancellation);
}
