using System.Security.Cryptography;

namespace Slipway.Registry.Signing;

/// <summary>The public half of a signing key: ECDSA on the curve P-256.</summary>
public sealed class TrustedKey
{
    private const string P256 = "1.2.840.10045.3.1.7";

    private readonly byte[] _subjectPublicKeyInfo;

    private TrustedKey(byte[] subjectPublicKeyInfo) =>
        (_subjectPublicKeyInfo, Id) = (subjectPublicKeyInfo, Sha256Hex.Of(subjectPublicKeyInfo));

    /// <summary>SHA-256 of the SubjectPublicKeyInfo, in hexadecimal.</summary>
    public string Id { get; }

    /// <summary>The short form for people.</summary>
    public string ShortId => Shorten(Id);

    public static string Shorten(string id) => id.Length > 12 ? id[..12] : id;

    /// <exception cref="SlipwayException">It is not such a key.</exception>
    public static TrustedKey FromSubjectPublicKeyInfo(ReadOnlySpan<byte> bytes)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(bytes, out var read);
            if (read != bytes.Length || key.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value != P256)
                throw new CryptographicException("it is not a key on the curve P-256");
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            throw new SlipwayException($"A signing key must be ECDSA on the curve P-256 (ECC_NIST_P256), but this one is not: {e.Message.TrimEnd('.')}.", e);
        }

        return Of(key);
    }

    public static TrustedKey Of(ECDsa key) => new(key.ExportSubjectPublicKeyInfo());

    /// <param name="signature">In DER format.</param>
    public bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(_subjectPublicKeyInfo, out _);
        return key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public string ToPem() => PemEncoding.WriteString(TrustedKeys.Label, _subjectPublicKeyInfo);

    public override string ToString() => ShortId;
}
