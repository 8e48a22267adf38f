using System.Security.Cryptography;
using System.Text;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;
using Slipway.Registry.Tests.Manifests;
using Slipway.Registry.Tests.Stores;

namespace Slipway.Registry.Tests.History;

/// <summary>Histories that are consistent because somebody changed all records of them.</summary>
public sealed class HistorySignatureTests
{
    private AuditFixture _model = null!;

    [SetUp]
    public async Task Publish() => _model = await AuditFixture.CreateAsync();

    [TearDown]
    public void Delete() => _model.Dispose();

    [TestCase("\"operator\"", "\"mallory\"")]
    [TestCase("\"rollback 2\"", "\"Approved by the board.\"")]
    public async Task NamesTheLastEntryThatWasRewrittenWithItsChannels(string old, string changed)
    {
        await RewriteAsync(4, old.Replace("rollback", "Rollback", StringComparison.Ordinal), changed);

        var problem = (await _model.AuditAsync()).Problems.Single();
        Assert.That((problem.Kind, problem.Entry), Is.EqualTo((HistoryProblemKind.HeadNotSigned, 4)), "a person without a key writes such entries, so it proves nothing");
        Assert.That(problem.Message, Does.Contain("Entry 4").And.Contain("could not be detected"));
    }

    [Test]
    public async Task NamesAPublicationThatWasRewrittenWithAllThatFollows()
    {
        await RewriteAsync(1, "\"operator\"", "\"mallory\"");

        Assert.That((await _model.AuditAsync()).Problems.Where(problem => problem.IsTampering).Select(problem => $"{problem.Kind} {problem.Entry}"), Is.EqualTo(new[] { "Changed 1", "Changed 2", "Signature 3" }),
            "the manifests of versions 2 and 3 remember entries 1 and 2, and who published version 3 signs");
    }

    [Test]
    public async Task WithoutKeysTheManifestsRememberAllButTheLastMoves()
    {
        _model.Signatures = SignaturePolicy.Off;
        await RewriteAsync(1, "\"operator\"", "\"mallory\"");

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { "Changed 1", "Changed 2" }));
    }

    [Test]
    public async Task NamesTheFirstPublicationOfAllWhenItIsRewritten()
    {
        using var one = new AuditFixture();
        await one.PublishAsync(1);
        Assert.That(await one.ProblemsAsync(), Is.Empty);

        await RewriteAsync(one, 1, "\"operator\"", "\"mallory\"");

        var problem = (await one.AuditAsync()).Problems.Single();
        Assert.That((problem.Kind, problem.Entry, problem.IsTampering), Is.EqualTo((HistoryProblemKind.Signature, 1, true)));
        Assert.That(problem.Message, Does.Contain("Entry 1").And.Contain("the publisher of version 1 signs"));
    }

    [Test]
    public async Task MoveOfSomebodyWithoutTheKeyIsVouchedForByTheNextThatIsSigned()
    {
        _model.Mover = null;
        await _model.MoveAsync(1, HistoryAction.Rollback);
        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { "HeadNotSigned 5" }));

        _model.Mover = SampleManifests.Signer;
        await _model.MoveAsync(2, HistoryAction.Rollback);
        Assert.That(await _model.ProblemsAsync(), Is.Empty);
    }

    [TestCase(SignatureMode.Enforce, "Signature 4")]
    [TestCase(SignatureMode.Warn, "Signature 4")]
    public async Task NamesASignatureOfAnotherEntry(SignatureMode mode, string problem)
    {
        File.Copy(FileOfSignature(3), FileOfSignature(4), overwrite: true);
        _model.Signatures = _model.Signatures with { Mode = mode };

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { problem }));
    }

    [Test]
    public async Task SignatureOfAManifestDoesNotCountForAnEntry()
    {
        var manifest = await new ModelVersions(_model.Store).FindAsync(SampleManifests.Model, 1, default);
        File.Copy(_model.Folder.FileOf(StoreKeys.Signature(SampleManifests.Model, manifest!.Sha256)), FileOfSignature(4), overwrite: true);

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { "Signature 4" }));
    }

    [TestCaseSource(typeof(ReleasedStore), nameof(ReleasedStore.All))]
    public async Task StoreOfAReleaseThatSignedNoEntriesIsVerifiedAsBeforeWithASentence(string release)
    {
        using var store = new ReleasedStore(release);

        var audited = await new ModelAudit(store.Store, new(SignatureMode.Enforce, new(store.Trusted))).RunAsync(SampleManifests.Model, default);

        Assert.That(audited.Problems.Select(problem => $"{problem.Kind} {problem.Entry} {problem.IsTampering}"), Is.EqualTo(new[] { "HeadNotSigned 1 False" }));
        Assert.That(audited.Problems[0].Message, Does.StartWith("Entries 1 to 4 of the history of pumps are not signed").And.Contain("--target=Sign"));
    }

    private Task RewriteAsync(int from, string old, string changed) => RewriteAsync(_model, from, old, changed);

    // a skilled modification: each later entry, and the channels, get the new hash of the previous entry
    private static async Task RewriteAsync(AuditFixture model, int from, string old, string changed)
    {
        AuditFixture.Rewrite(model.FileOfEntry(from), old, changed);
        var sha256 = Sha256(model.FileOfEntry(from));
        for (var number = from + 1; File.Exists(model.FileOfEntry(number)); number++)
        {
            var before = (await new ModelHistory(model.Store).ReadAsync(SampleManifests.Model, number - 1, default).FirstAsync()).BeforeSha256!;
            AuditFixture.Rewrite(model.FileOfEntry(number), before, sha256);
            sha256 = Sha256(model.FileOfEntry(number));
        }

        foreach (var color in Colors.All)
            AuditFixture.Rewrite(model.FileOfChannel(color), (await model.InspectAsync()).Pointers[color].HistorySha256!, sha256);
        Assert.That(await new ModelHistory(model.Store).VerifyAsync(SampleManifests.Model, default), Is.Empty, "it fits in itself");
    }

    private string FileOfSignature(int number) => _model.Folder.FileOf(StoreKeys.Signature(SampleManifests.Model, Sha256(_model.FileOfEntry(number))));

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(File.ReadAllText(path))));
}
