using System.Text.Json;
using CsCheck;
using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;
using Slipway.Registry.Tests.Manifests;
using Slipway.Tests.Properties;

namespace Slipway.Registry.Tests.Properties;

public sealed class SignatureProperties
{
    private const string Release = "Stores/0.5.0";

    private static readonly StoredManifest Manifest = new("pumps", 3, File.ReadAllBytes(At("store/models/pumps/versions/0000000003.json")));
    private static readonly byte[] Envelope = File.ReadAllBytes(At($"store/models/pumps/signatures/{Manifest.Sha256}.json"));
    private static readonly SignatureVerifier Verifier = new(TrustedKeys.Read(At("trusted-keys.pem")));

    [Test]
    public void VouchesForWhatWasSignedAndNothingElse() =>
        Property.Holds(EditedJson.Of(Envelope), 400, envelope =>
        {
            try
            {
                Verifier.Verify("The manifest", Manifest.Key, Manifest.Sha256, envelope);
                Assert.That(PayloadOf(envelope), Is.EqualTo(PayloadOf(Envelope)));
            }
            catch (SignatureException e)
            {
                Assert.That(e.Message, Does.Contain("The manifest").And.Not.Contain("   at "));
            }
        }, Edited.Show);

    [Test]
    public void DoesNotVouchForAnEditedManifest() =>
        Property.Holds(EditedJson.Of(Manifest.Bytes).Where(bytes => !bytes.AsSpan().SequenceEqual(Manifest.Bytes)), 100, bytes =>
            Assert.That(() => Verifier.Verify("The manifest", Manifest.Key, new StoredManifest("pumps", 3, bytes).Sha256, Envelope), Throws.InstanceOf<SignatureException>()), Edited.Show);

    [Test]
    public void HasKeysThatAreReadOrReported() =>
        Property.Holds(Edited.Text(File.ReadAllText(At("trusted-keys.pem")), SampleManifests.Signer.Key.ToPem(), "key.pem,other.pem"), 500, text =>
        {
            try
            {
                Assert.That(TrustedKeys.Read(text), Has.All.Property(nameof(TrustedKey.Id)).Length.EqualTo(64));
            }
            catch (SlipwayException e)
            {
                Assert.That(e.Message, Does.Match("[Pp]ublic key|PEM|private key").And.Not.Contain("   at "));
            }
        }, text => text);

    private static byte[] PayloadOf(byte[] envelope) => Convert.FromBase64String(JsonSerializer.Deserialize(envelope, SigningJson.Default.DsseEnvelope)!.Payload);

    private static string At(string path) => Path.Combine(TestContext.CurrentContext.TestDirectory, Release, path);
}
