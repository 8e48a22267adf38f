using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Slipway.Registry.Signing;

/// <summary>
/// A signed text in the format of the Dead Simple Signing Envelope (github.com/secure-systems-lab/dsse, version 1), which standard tools can read.
/// </summary>
/// <param name="Payload">Base64 of the signed bytes.</param>
public sealed record DsseEnvelope(string PayloadType, string Payload, IReadOnlyList<DsseSignature> Signatures)
{
    public const string InToto = "application/vnd.in-toto+json";

    /// <summary>What a signature covers: the type and the bytes, each with its length, so that neither can be mistaken for part of the other.</summary>
    public static byte[] PreAuthenticationEncoding(string payloadType, ReadOnlySpan<byte> payload)
    {
        var before = string.Create(
            CultureInfo.InvariantCulture, $"DSSEv1 {Encoding.UTF8.GetByteCount(payloadType)} {payloadType} {payload.Length} ");
        return [.. Encoding.UTF8.GetBytes(before), .. payload];
    }
}

/// <param name="KeyId">Which key may have created it; an unverified hint. Empty or absent if the signer gave none.</param>
/// <param name="Sig">Base64 of the signature.</param>
public sealed record DsseSignature([property: JsonPropertyName("keyid")] string? KeyId, string Sig);
