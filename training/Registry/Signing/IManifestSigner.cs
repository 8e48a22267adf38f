namespace Slipway.Registry.Signing;

/// <summary>Signs with a key that cannot be extracted.</summary>
public interface IManifestSigner
{
    /// <summary>The public half of the key.</summary>
    TrustedKey Key { get; }

    /// <param name="message">The bytes to sign; the key only receives their SHA-256.</param>
    /// <returns>ECDSA over P-256 with SHA-256, as DER.</returns>
    /// <exception cref="SlipwayException">The key is not available.</exception>
    Task<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation);
}
