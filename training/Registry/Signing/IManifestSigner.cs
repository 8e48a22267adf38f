namespace Slipway.Registry.Signing;

/// <summary>Signs with a key that stays where it is.</summary>
public interface IManifestSigner
{
    /// <summary>The public half of the key.</summary>
    TrustedKey Key { get; }

    /// <param name="message">What is signed; its SHA-256 is what the key sees.</param>
    /// <returns>ECDSA over P-256 with SHA-256, as DER.</returns>
    /// <exception cref="SlipwayException">The key is not to be had.</exception>
    Task<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation);
}
