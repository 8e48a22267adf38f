using Slipway.Registry.Signing;

namespace Slipway.Registry.Manifests;

/// <param name="SignedBy">The key whose signature vouches for it; null if none does, or none was checked.</param>
/// <param name="SignatureWarning">Why its signature does not vouch for it; null if it does, or was not checked.</param>
public sealed record CheckedManifest(ModelManifest Manifest, TrustedKey? SignedBy, SignatureException? SignatureWarning);
