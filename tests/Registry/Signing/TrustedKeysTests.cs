using System.Security.Cryptography;
using Slipway.Registry.Signing;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Signing;

public sealed class TrustedKeysTests
{
    private StoreFolder _folder = null!;
    private LocalKeySigner _one = null!;
    private LocalKeySigner _two = null!;

    [SetUp]
    public void Make() => (_folder, _one, _two) = (new(), SignedManifest.NewKey(), SignedManifest.NewKey());

    [TearDown]
    public void Delete()
    {
        _one.Dispose();
        _two.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void ReadsOneOrSeveralFromTextOrFiles()
    {
        var (one, two) = (_folder.Beside("one.pem"), _folder.Beside("two.pem"));
        File.WriteAllText(one, _one.Key.ToPem());
        File.WriteAllText(two, $"{_two.Key.ToPem()}\n{_one.Key.ToPem()}\n");

        Assert.That(Ids(_one.Key.ToPem()), Is.EqualTo(new[] { _one.Key.Id }));
        Assert.That(Ids($"{_one.Key.ToPem()}\n\n{_two.Key.ToPem()}"), Is.EqualTo(new[] { _one.Key.Id, _two.Key.Id }));
        Assert.That(Ids(_one.Key.ToPem().ReplaceLineEndings(" ")), Is.EqualTo(new[] { _one.Key.Id }), "on one line, as an environment file has it");
        Assert.That(Ids(one), Is.EqualTo(new[] { _one.Key.Id }));
        Assert.That(Ids($"{one}, {two}"), Is.EqualTo(new[] { _one.Key.Id, _two.Key.Id }), "each once");
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase(" ")]
    public void FindsNoneWhereNothingIsGiven(string? text) => Assert.That(TrustedKeys.Read(text), Is.Empty);

    [Test]
    public void SaysThatAPrivateKeyHasNoBusinessThere()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = key.ExportPkcs8PrivateKeyPem();

        Assert.That(() => TrustedKeys.Read(pem), Throws.TypeOf<SlipwayException>().With.Message.Contains("private key").And.Message.Not.Contains(pem.Split('\n')[1]));
    }

    [Test]
    public void RefusesAKeyOfAnotherKind()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);

        Assert.That(() => TrustedKeys.Read(curve.ExportSubjectPublicKeyInfoPem()), Throws.TypeOf<SlipwayException>().With.Message.Contains("P-256"));
        Assert.That(() => TrustedKeys.Read(rsa.ExportSubjectPublicKeyInfoPem()), Throws.TypeOf<SlipwayException>().With.Message.Contains("P-256"));
    }

    [TestCase("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "P-256")]
    [TestCase("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "'CERTIFICATE'")]
    [TestCase("-----BEGIN PUBLIC KEY-----\nAAAA", "contains no public key")]
    [TestCase("/nowhere/key.pem", "'/nowhere/key.pem'")]
    [TestCase("-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQsDQgAEjBGLavH9I2fuy/0JhQLvwGV0iR49\nzTWQM4KcQ3b2++relrIerJB4slCnUtHhjgS25RNPjWYcyjzn6fHN4NM3PQ==\n-----END PUBLIC KEY-----", "P-256")] // a curve that the platform does not have
    [TestCase("-\0---BEGIN PUBLIC KEY-----", "cannot be read")]
    public void SaysWhatIsWrong(string text, string expected) =>
        Assert.That(() => TrustedKeys.Read(text), Throws.TypeOf<SlipwayException>().With.Message.Contains(expected));

    private static string[] Ids(string text) => [.. TrustedKeys.Read(text).Select(key => key.Id)];
}
