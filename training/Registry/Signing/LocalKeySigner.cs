using System.Security.Cryptography;

namespace Slipway.Registry.Signing;

/// <summary>Signs with a key on this machine.</summary>
public sealed class LocalKeySigner(ECDsa key) : IManifestSigner, IDisposable
{
    private readonly Lock _turn = new();

    public TrustedKey Key { get; } = TrustedKey.Of(key);

    public Task<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        lock (_turn)
            return Task.FromResult(key.SignData(message.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    public void Dispose() => key.Dispose();
}
