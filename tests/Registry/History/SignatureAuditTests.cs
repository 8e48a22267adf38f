using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;
using Slipway.Registry.Tests.Manifests;
using Slipway.Registry.Tests.Signing;

namespace Slipway.Registry.Tests.History;

public sealed class SignatureAuditTests
{
    private AuditFixture _model = null!;

    [SetUp]
    public async Task Publish() => _model = await AuditFixture.CreateAsync();

    [TearDown]
    public void Delete() => _model.Dispose();

    [Test]
    public async Task FindsNothingWhereAllIsSigned()
    {
        var audited = await _model.AuditAsync();

        Assert.That((audited.Problems.Count, audited.Signatures), Is.EqualTo((0, true)));
    }

    [TestCase(SignatureMode.Enforce, "Signature 2", true)]
    [TestCase(SignatureMode.Warn, "NotSigned 2", false)]
    [TestCase(SignatureMode.Off, null, false)]
    public async Task NamesAVersionThatIsNotSigned(SignatureMode mode, string? problem, bool tampering)
    {
        File.Delete(await FileAsync(2));
        _model.Signatures = _model.Signatures with { Mode = mode };

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(problem is null ? [] : new[] { problem }));
        Assert.That((await _model.AuditAsync()).Problems.Any(one => one.IsTampering), Is.EqualTo(tampering));
    }

    [TestCase(SignatureMode.Enforce)]
    [TestCase(SignatureMode.Warn)]
    public async Task NamesASignatureOfOtherBytesInEveryMode(SignatureMode mode)
    {
        File.Copy(await FileAsync(1), await FileAsync(2), overwrite: true);
        _model.Signatures = _model.Signatures with { Mode = mode };

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { "Signature 2" }));
    }

    [Test]
    public async Task NamesVersionsOfAKeyThatNobodyTrusts()
    {
        using var other = SignedManifest.NewKey();
        _model.Signatures = new(SignatureMode.Enforce, new([other.Key]));

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { "Signature 1", "Signature 2", "Signature 3", "Signature 4" }));
    }

    private async Task<string> FileAsync(int version) => _model.Folder.FileOf(
        StoreKeys.Signature(SampleManifests.Model, (await new ModelVersions(_model.Store).Sha256Async(SampleManifests.Model, version, default))!));
}
