using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Signing;

/// <summary>What an environment asks of the signatures of its manifests.</summary>
public sealed record SignaturePolicy(SignatureMode Mode, SignatureVerifier Verifier)
{
    /// <summary>Where nobody has keys at hand.</summary>
    public static SignaturePolicy Off { get; } = new(SignatureMode.Off, new([]));

    /// <summary>Reads a manifest and checks its signature before anything in it is looked at.</summary>
    /// <returns>Null while the version has no manifest.</returns>
    /// <exception cref="SignatureException">Its signature does not prove it, and is to.</exception>
    /// <exception cref="UnreadableObjectException">It is none, or that of another version.</exception>
    public async Task<CheckedManifest?> ReadAsync(IObjectStore store, string model, int version, CancellationToken cancellation)
    {
        if (await new ModelVersions(store).FindAsync(model, version, cancellation) is not { } stored)
            return null;
        try
        {
            var key = Mode == SignatureMode.Off ? null : await VerifyAsync(store, stored, cancellation);
            return new(stored.Parse(), key, null);
        }
        catch (SignatureException doubt) when (Mode == SignatureMode.Warn)
        {
            return new(stored.Parse(), null, doubt);
        }
    }

    /// <returns>The key that signed it.</returns>
    /// <exception cref="SignatureException">Its signature does not prove it, whatever the mode.</exception>
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
            throw new SignatureException(SignatureProblem.Unreadable, $"The signature of {what} can not be read. {e.Message}");
        }

        return Verifier.Verify(what, manifest.Key, manifest.Sha256, envelope?.Bytes);
    }
}
