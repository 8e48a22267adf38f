using System.Text;
using Slipway.Registry.Signing;
using Slipway.Registry.Tests.Manifests;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Signing;

public sealed class SignatureVerifierTests
{
    private StoreFolder _folder = null!;
    private LocalKeySigner _key = null!;
    private SignedManifest _signed = null!;

    [SetUp]
    public async Task Sign()
    {
        (_folder, _key) = (new(), SignedManifest.NewKey());
        _signed = await SignedManifest.CreateAsync(_folder, _key);
    }

    [TearDown]
    public void Delete()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void NamesTheKeyThatSigned() => Assert.That(_signed.Verify(_key), Is.EqualTo(_key.Key.Id));

    [Test]
    public void RefusesWhatIsNotSigned() => Refuses(
        () => SignedManifest.Verify(_signed.Manifest.Bytes, null, _key),
        SignatureProblem.NotSigned, "'pumps' version 1 is not signed", _signed.Manifest.Sha256[..12], "--target=Sign");

    [Test]
    public void RefusesAnUnknownKeyAndNamesBoth()
    {
        using var other = SignedManifest.NewKey();

        Refuses(() => _signed.Verify(other), SignatureProblem.UnknownKey, _key.Key.Id, other.Key.Id);
        Refuses(() => _signed.Verify(), SignatureProblem.UnknownKey, _key.Key.Id, "Trusted are none");
    }

    [Test]
    public void CatchesEveryFlippedByteOfAManifest()
    {
        var manifest = _signed.Manifest.Bytes;
        for (var position = 0; position < manifest.Length; position += Math.Max(1, manifest.Length / 400))
        {
            byte[] changed = [.. manifest];
            changed[position] ^= 1;
            Refuses(() => SignedManifest.Verify(changed, _signed.Envelope, _key), SignatureProblem.Mismatch);
        }
    }

    [Test]
    public void CatchesEveryFlippedByteOfTheStatement()
    {
        var payload = _signed.Payload;
        for (var position = 0; position < payload.Length; position += Math.Max(1, payload.Length / 400))
        {
            byte[] changed = [.. payload];
            changed[position] ^= 1;
            var envelope = SignedManifest.Bytes(_signed.Read with { Payload = Convert.ToBase64String(changed) });
            Refuses(() => SignedManifest.Verify(_signed.Manifest.Bytes, envelope, _key), SignatureProblem.Mismatch);
        }
    }

    [Test]
    public void CatchesEveryFlippedByteOfTheSignature()
    {
        var signature = Convert.FromBase64String(_signed.Read.Signatures[0].Sig);
        for (var position = 0; position < signature.Length; position++)
        {
            byte[] changed = [.. signature];
            changed[position] ^= 1;
            var envelope = SignedManifest.Bytes(_signed.Read with { Signatures = [new(_key.Key.Id, Convert.ToBase64String(changed))] });
            Refuses(() => SignedManifest.Verify(_signed.Manifest.Bytes, envelope, _key), SignatureProblem.Mismatch);
        }
    }

    [TestCase("", TestName = "Refuses_an_envelope_that_is_empty")]
    [TestCase("no JSON", TestName = "Refuses_an_envelope_that_is_no_JSON")]
    [TestCase("null", TestName = "Refuses_an_envelope_that_is_null")]
    [TestCase("{}", TestName = "Refuses_an_envelope_without_anything")]
    [TestCase("""{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[]}""", TestName = "Refuses_an_envelope_without_a_signature")]
    [TestCase("""{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[null]}""", TestName = "Refuses_an_envelope_with_a_signature_that_is_null")]
    [TestCase("""{"payloadType":"application/vnd.in-toto+json","payload":"%","signatures":[{"keyid":"a","sig":"AA=="}]}""", TestName = "Refuses_a_payload_that_is_no_base64")]
    [TestCase("""{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[{"keyid":"a","sig":"%"}]}""", TestName = "Refuses_a_signature_that_is_no_base64")]
    [TestCase("""{"payloadType":"text/plain","payload":"e30=","signatures":[{"keyid":"a","sig":"AA=="}]}""", TestName = "Refuses_a_payload_of_another_type")]
    public void Unreadable(string envelope) => Refuses(
        () => SignedManifest.Verify(_signed.Manifest.Bytes, SignedManifest.Bytes(envelope), _key), SignatureProblem.Unreadable, "cannot be read");

    [Test]
    public void FindsTheSignatureThatFitsBesideWhatIsNone()
    {
        var (signature, others) = (_signed.Read.Signatures[0], new DsseSignature[] { new("a", "%"), new("b", "AA==") });

        Assert.That(SignedManifest.Verify(_signed.Manifest.Bytes, SignedManifest.Bytes(_signed.Read with { Signatures = [.. others, signature] }), _key), Is.EqualTo(_key.Key.Id));
    }

    [TestCase("{}")]
    [TestCase("not JSON")]
    [TestCase("""{"_type":"https://in-toto.io/Statement/v1"}""")]
    [TestCase("""{"_type":"another","subject":[]}""")]
    public async Task RefusesASignedTextThatIsNoStatement(string payload)
    {
        var envelope = SignedManifest.Bytes(await EnvelopeAsync(payload));

        Refuses(() => SignedManifest.Verify(_signed.Manifest.Bytes, envelope, _key), SignatureProblem.Unreadable);
    }

    [Test]
    public async Task RefusesAStatementWithoutASubject()
    {
        var envelope = SignedManifest.Bytes(await EnvelopeAsync("""{"_type":"https://in-toto.io/Statement/v1","subject":[]}"""));

        Refuses(() => SignedManifest.Verify(_signed.Manifest.Bytes, envelope, _key), SignatureProblem.Mismatch);
    }

    [Test]
    public void TakesAKeyIdForAHintAlone()
    {
        foreach (var id in new[] { null, "", "another" })
            Assert.That(
                SignedManifest.Verify(_signed.Manifest.Bytes, SignedManifest.Bytes(_signed.Read with { Signatures = [new(id, _signed.Read.Signatures[0].Sig)] }), _key),
                Is.EqualTo(_key.Key.Id));
    }

    [Test]
    public async Task TrustsAnOldAndANewKeyWhileOneReplacesTheOther()
    {
        using var next = SignedManifest.NewKey();
        Assert.That(_signed.Verify(next, _key), Is.EqualTo(_key.Key.Id), "before it is signed again");

        var both = await SignedManifest.CreateAsync(_folder, next);

        Assert.That(both.Read.Signatures.Select(signature => signature.KeyId), Is.EqualTo(new[] { next.Key.Id, _key.Key.Id }));
        Assert.That(both.Verify(_key), Is.EqualTo(_key.Key.Id), "a server that trusts only the old key");
        Assert.That(both.Verify(next), Is.EqualTo(next.Key.Id), "one that trusts only the new key");
    }

    // echo of `openssl ecparam -name prime256v1 -genkey`, and `openssl dgst -sha256 -sign` over the pre-authentication encoding of the payload
    [Test]
    public void VerifiesWhatOpensslSigned()
    {
        const string publicKey = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMxOOVAL4qvpOJ+LOOntv5q6gjuON
            EVsO6e4eH21Ko05LaHzBkyWGB3vL8aHtRHGTnYGNl9WIpVMZkJZFNZnXPA==
            -----END PUBLIC KEY-----
            """;
        const string payload =
            "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEiLCJzdWJqZWN0IjpbeyJuYW1lIjoibW9kZWxzL3B1bXBzL3ZlcnNpb25zLzAwMDAwMDAwMDEuanNvbiIsImRpZ2VzdCI6eyJzaGEyNTYi" +
            "OiJmMGQyZjg3YTQ1ODg4OWFmNGU1MmNkOTA0ZjllYjU1NzUxZmRmYjQ5YTE3MDM0NTM1MjI5NTUyNzM0MjgxNzNlIn19XSwicHJlZGljYXRlVHlwZSI6Imh0dHBzOi8vc2xzYS5kZXYvcHJvdmVuYW5jZS92MSIs" +
            "InByZWRpY2F0ZSI6e319";
        const string signature = "MEQCICMln+z8EwLqqY+QoaNhX6zTn6jd2FBHXmysfhcXQ2v9AiBrc52VxR5z/wlYE7Fj+WC7Ovbicj+ac/IzxOAKD+Sngw==";
        var verifier = new SignatureVerifier(TrustedKeys.Parse(publicKey, "here"));

        var key = verifier.Verify(
            "'pumps' version 1", SignedManifest.Key, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("the bytes of a manifest"u8)), SignedManifest.Bytes(new DsseEnvelope(DsseEnvelope.InToto, payload, [new("", signature)])));

        Assert.That(key.Id, Is.EqualTo("bd5da84e0efb58d751fa9da37c8b2408d1fd8a5c76e92df32f6aa1d9fdc88a23"));
    }

    [Test]
    public void TakesNoOtherSubjectOfAStatementForTheManifest()
    {
        var statement = System.Text.Json.Nodes.JsonNode.Parse(_signed.Payload)!;
        foreach (var subject in statement["subject"]!.AsArray().Skip(1))
            Refuses(
                () => new SignatureVerifier([_key.Key]).Verify("'pumps' version 110", StoreKeys.Version(SampleManifests.Model, 110), (string)subject!["digest"]!["sha256"]!, _signed.Envelope).Id,
                SignatureProblem.Mismatch, $"as '{subject!["name"]}', not as 'models/pumps/versions/0000000110.json'");
    }

    [Test]
    public void TakesAManifestUnderNoOtherNumber() => Refuses(
        () => new SignatureVerifier([_key.Key]).Verify("'pumps' version 2", StoreKeys.Version(SampleManifests.Model, 2), _signed.Manifest.Sha256, _signed.Envelope).Id,
        SignatureProblem.Mismatch, "as 'models/pumps/versions/0000000001.json'");

    [Test]
    public void EncodesAsTheEnvelopeProtocolSays() => Assert.That(
        Encoding.UTF8.GetString(DsseEnvelope.PreAuthenticationEncoding("http://example.com/HelloWorld", "hello world"u8)),
        Is.EqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world"));

    private async Task<DsseEnvelope> EnvelopeAsync(string payload)
    {
        var bytes = Encoding.UTF8.GetBytes(payload);
        var signature = await _key.SignAsync(DsseEnvelope.PreAuthenticationEncoding(DsseEnvelope.InToto, bytes), default);
        return new(DsseEnvelope.InToto, Convert.ToBase64String(bytes), [new(_key.Key.Id, Convert.ToBase64String(signature))]);
    }

    private static void Refuses(Func<string?> verify, SignatureProblem problem, params string[] words)
    {
        var refused = Assert.Throws<SignatureException>(() => verify())!;

        Assert.That(refused.Problem, Is.EqualTo(problem), refused.Message);
        foreach (var word in words)
            Assert.That(refused.Message, Does.Contain(word));
    }
}
