using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Signing;

/// <summary>How an environment verifies the signatures of its manifests.</summary>
public sealed record SignaturePolicy(SignatureMode Mode, SignatureVerifier Verifier)
{
    /// <summary>For environments without keys.</summary>
    public static SignaturePolicy Off { get; } = new(SignatureMode.Off, new([]));

    /// <summary>Reads a manifest and verifies its signature before its content is used.</summary>
    /// <returns>Null while the version has no manifest.</returns>
    /// <exception cref="SignatureException">Its signature does not vouch for it, which is required.</exception>
    /// <exception cref="UnreadableObjectException">It is not a manifest, or that of another version.</exception>
    public async Task<CheckedManifest?> ReadAsync(IObjectStore store, string model, int version, CancellationToken cancellation)
    {
        if (await new ModelVersions(store).FindAsync(model, version, cancellation) is not { } stored)
            return null;
        try
        {
            var key = Mode == SignatureMode.Off ? null : await VerifyAsync(store, stored, cancellation);
            return new(stored.Parse(), key, null);
        }
        catch (SignatureException signatureWarning) when (Mode == SignatureMode.Warn)
        {
            return new(stored.Parse(), null, signatureWarning);
        }
    }

    /// <returns>The key that signed it.</returns>
    /// <exception cref="SignatureException">Its signature does not vouch for it, whatever the mode.</exception>
    public async Task<TrustedKey> VerifyAsync(IObjectStore store, StoredManifest manifest, CancellationToken cancellation)
    {
        var what = $"'{manifest.Model}' version {manifest.Version}";
        StoredEnvelope? envelope;
        try
        {
            envelope = await new ManifestSignatures(store).FindAsync(manifest, cancellation);
        }
        catch (UnreadableObjectException e)
        {
            throw new SignatureException(SignatureProblem.Unreadable, $"The signature of {what} cannot be read. {e.Message}");
        }

        return Verifier.Verify(what, manifest.Key, manifest.Sha256, envelope?.Bytes);
    }
}
