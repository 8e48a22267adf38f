using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;
using Slipway.Registry.Tests.Manifests;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Signing;

/// <summary>A registered manifest with its envelope, and a verifier that trusts its key.</summary>
internal sealed class SignedManifest
{
    private SignedManifest(StoredManifest manifest, byte[] envelope) => (Manifest, Envelope) = (manifest, envelope);

    public static string Key { get; } = StoreKeys.Version(SampleManifests.Model, 1);

    public StoredManifest Manifest { get; }
    public byte[] Envelope { get; }

    public DsseEnvelope Read => JsonSerializer.Deserialize(Envelope, SigningJson.Default.DsseEnvelope)!;

    public byte[] Payload => Convert.FromBase64String(Read.Payload);

    public static LocalKeySigner NewKey() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public static async Task<SignedManifest> CreateAsync(StoreFolder folder, params IManifestSigner[] signers)
    {
        var manifest = StoredManifest.Of(SampleManifests.Create(1));
        foreach (var signer in signers)
            await new ManifestSignatures(folder.Store).SignAsync(manifest, signer, default);
        return new(manifest, await File.ReadAllBytesAsync(folder.FileOf(StoreKeys.Signature(SampleManifests.Model, manifest.Sha256))));
    }

    public static string? Verify(byte[] manifest, byte[]? envelope, params LocalKeySigner[] trusted) =>
        new SignatureVerifier([.. trusted.Select(signer => signer.Key)]).Verify("'pumps' version 1", Key, Convert.ToHexStringLower(SHA256.HashData(manifest)), envelope).Id;

    public string? Verify(params LocalKeySigner[] trusted) => Verify(Manifest.Bytes, Envelope, trusted);

    public static byte[] Bytes(DsseEnvelope envelope) => JsonSerializer.SerializeToUtf8Bytes(envelope, SigningJson.Default.DsseEnvelope);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
