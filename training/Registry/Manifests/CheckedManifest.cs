using Slipway.Registry.Signing;

namespace Slipway.Registry.Manifests;

/// <param name="SignedBy">The key whose signature proves it; null where none does, or none was looked at.</param>
/// <param name="Doubt">Why its signature does not prove it; null where it does, or was not looked at.</param>
public sealed record CheckedManifest(ModelManifest Manifest, TrustedKey? SignedBy, SignatureException? Doubt);
