using System.Net;
using System.Security.Cryptography;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Amazon.Runtime;
using Slipway.Automation.Signing;
using Slipway.Registry;
using Slipway.Registry.Signing;

namespace Slipway.Automation.Tests.Signing;

public sealed class KmsManifestSignerTests
{
    private const string Arn = "arn:aws:kms:eu-central-1:111122223333:key/2";

    private static readonly byte[] Message = [.. Enumerable.Range(0, 5000).Select(position => (byte)position)];

    private ECDsa _key = null!;
    private KeyInKms _kms = null!;
    private KmsManifestSigner _signer = null!;

    [SetUp]
    public void SetUp()
    {
        _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _kms = new(_key);
        _signer = new(_kms, new(Arn, SignatureMode.Enforce, TrustedKey.Of(_key).ToPem()));
    }

    [TearDown]
    public void TearDown()
    {
        _kms.Dispose();
        _key.Dispose();
    }

    [Test]
    public async Task AsksForASignatureOfTheDigestHoweverLongTheMessageIs()
    {
        var signature = await _signer.SignAsync(Message, default);

        Assert.That(_signer.Key.Verifies(Message, signature), Is.True);
        Assert.That(
            (_kms.Asked!.KeyId, _kms.Asked.MessageType, _kms.Asked.SigningAlgorithm),
            Is.EqualTo((Arn, MessageType.DIGEST, SigningAlgorithmSpec.ECDSA_SHA_256)));
    }

    [Test]
    public void RefusesASignatureThatServersWouldNotTake()
    {
        using var other = new LocalKeySigner(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        var signer = new KmsManifestSigner(_kms, new(Arn, SignatureMode.Enforce, $"{other.Key.ToPem()}\n{TrustedKey.Of(_key).ToPem()}"));

        Assert.That(signer.Key.Id, Is.EqualTo(other.Key.Id), "the first of the trusted ones is its own");
        Assert.That(
            () => signer.SignAsync(Message, default),
            Throws.TypeOf<SlipwayException>().With.Message.Contains(Arn).And.Message.Contains(other.Key.ShortId).And.Message.Contains("Terraform"));
    }

    [Test]
    public void SaysWhichRightIsMissing()
    {
        _kms.Failure = new("User: arn:aws:sts::111122223333:assumed-role/somebody/x is not authorized to perform: kms:Sign", ErrorType.Sender, "AccessDeniedException", "1", HttpStatusCode.BadRequest);

        Assert.That(
            () => _signer.SignAsync(Message, default),
            Throws.TypeOf<SlipwayException>().With.Message.StartsWith("Could not sign the manifest: arn:aws:sts").And.Message.Contains("has no permission for kms:Sign"));
    }

    [Test]
    public void SaysThatTheDescriptionNamesNoKey() => Assert.That(
        () => new KmsManifestSigner(_kms, new(Arn, SignatureMode.Enforce, "")), Throws.TypeOf<SlipwayException>().With.Message.Contains("the environment's description"));

    private sealed class KeyInKms(ECDsa key) : AmazonKeyManagementServiceClient(
        new AnonymousAWSCredentials(), new AmazonKeyManagementServiceConfig { ServiceURL = "http://127.0.0.1:1" })
    {
        public SignRequest? Asked { get; private set; }

        public AmazonKeyManagementServiceException? Failure { get; set; }

        public override Task<SignResponse> SignAsync(SignRequest request, CancellationToken cancellationToken = default)
        {
            Asked = request;
            return Failure is not null
                ? Task.FromException<SignResponse>(Failure)
                : Task.FromResult(new SignResponse { Signature = new(key.SignHash(request.Message.ToArray(), DSASignatureFormat.Rfc3279DerSequence)) });
        }
    }
}
