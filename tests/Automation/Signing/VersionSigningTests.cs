using System.Security.Cryptography;
using Slipway.Automation.Signing;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;

namespace Slipway.Automation.Tests.Signing;

/// <summary>Two published versions whose signatures were lost.</summary>
public sealed class VersionSigningTests
{
    private TrainingFixture _fixture = null!;
    private LocalKeySigner _key = null!;

    [SetUp]
    public async Task SetUp()
    {
        (_fixture, _key) = (new(), new(ECDsa.Create(ECCurve.NamedCurves.nistP256)));
        await _fixture.PutDataset("pressure,failed\n1,0\n2,1\n");
        await _fixture.TrainsSuccessfully(fill: 1);
        await _fixture.PutDataset("pressure,failed\n3,0\n4,1\n");
        await _fixture.TrainsSuccessfully(fill: 2);
        TestFolder.Remove(FileOf(StoreKeys.Signatures(TrainingFixture.Model).TrimEnd('/')));
    }

    [TearDown]
    public void TearDown()
    {
        _key.Dispose();
        _fixture.Dispose();
    }

    [Test]
    public async Task SignsWhatHistoryVouchesForOnce()
    {
        Assert.That(await SignsAsync(), Is.EqualTo(new[] { "1 SignedNow", "2 SignedNow" }));
        Assert.That(await SignsAsync(), Is.EqualTo(new[] { "1 SignedBefore", "2 SignedBefore" }));
        Assert.That((await Enforced(_key).ReadAsync(_fixture.Store, TrainingFixture.Model, 2, default))!.SignedBy!.Id, Is.EqualTo(_key.Key.Id));
    }

    [Test]
    public async Task SignsAnewWithTheKeyThatFollowsAndKeepsWhatTheFormerSigned()
    {
        await SignsAsync();
        using var next = new LocalKeySigner(ECDsa.Create(ECCurve.NamedCurves.nistP256));

        Assert.That(await SignsAsync(next), Is.EqualTo(new[] { "1 SignedNow", "2 SignedNow" }));

        foreach (var key in new[] { _key, next })
            Assert.That((await Enforced(key).ReadAsync(_fixture.Store, TrainingFixture.Model, 1, default))!.SignedBy!.Id, Is.EqualTo(key.Key.Id));
    }

    [Test]
    public async Task RefusesAManifestThatHistoryRemembersOtherwise()
    {
        await File.AppendAllTextAsync(FileOf(StoreKeys.Version(TrainingFixture.Model, 1)), " ");

        Assert.That(await SignsAsync(), Is.EqualTo(new[] { "1 Refused: Its manifest was modified: entry 1 of the history records different bytes.", "2 SignedNow" }));
    }

    [Test]
    public async Task RefusesAManifestWhoseArchiveIsAnother()
    {
        var artifact = (await _fixture.Versions.GetAsync(TrainingFixture.Model, 1, default))!.Artifact;
        var archive = await File.ReadAllBytesAsync(FileOf(artifact.Key));
        archive[^1] ^= 1;
        await File.WriteAllBytesAsync(FileOf(artifact.Key), archive);

        var signed = await SignsAsync();

        Assert.That(signed[0], Does.StartWith("1 Refused: The archive"));
        Assert.That(signed[1], Is.EqualTo("2 SignedNow"));
    }

    [Test]
    public async Task RefusesAManifestThatNothingVouchesFor()
    {
        var planted = (await _fixture.Versions.GetAsync(TrainingFixture.Model, 2, default))! with { Version = 3 };
        await File.WriteAllBytesAsync(FileOf(StoreKeys.Version(TrainingFixture.Model, 3)), StoredManifest.Of(planted).Bytes);

        Assert.That((await SignsAsync())[2], Does.StartWith("3 Refused: Nothing vouches for it"));
    }

    [Test]
    public async Task RefusesAllWhereTheHistoryItselfWasChanged()
    {
        var entry = FileOf(StoreKeys.HistoryEntry(TrainingFixture.Model, 1));
        await File.AppendAllTextAsync(entry, " ");

        Assert.That(await SignsAsync(), Has.Length.EqualTo(2).And.All.Contains("Refused: Entry 1 of the history"));
    }

    [Test]
    public async Task SignsAVersionThatWasRegisteredAndNeverPublished()
    {
        var late = await _fixture.Jobs.OutcomeAsync((await _fixture.Versions.GetAsync(TrainingFixture.Model, 1, default))!.Lineage.TrainingJob, default);
        Assert.That(late!.Version, Is.EqualTo(1), "the outcome is what vouches for it");
        TestFolder.Remove(FileOf(StoreKeys.History(TrainingFixture.Model).TrimEnd('/')));
        TestFolder.Remove(FileOf(StoreKeys.Channels(TrainingFixture.Model).TrimEnd('/')));

        Assert.That(await SignsAsync(), Is.EqualTo(new[] { "1 SignedNow", "2 SignedNow" }));
    }

    [Test]
    public async Task SignsAHistoryThatNobodyHadSigned()
    {
        Assert.That(await _fixture.AuditAsync(_key), Has.Some.StartsWith("Signature"), "its publisher had signed it, and the signature was lost");
        await WithoutAfterAsync();
        Assert.That(await HeadAsync(), Is.EqualTo("2 SignedNow"));
        Assert.That(await HeadAsync(), Is.EqualTo("2 SignedBefore"));
    }

    [Test]
    public async Task RefusesAHistoryWhoseSignatureSomebodyTookAway() =>
        Assert.That(await HeadAsync(), Does.StartWith("2 Refused: Entry 2 of the history of pumps is not signed, although the publisher of version 2 signs its entries"));

    // as a release before this member wrote them
    private async Task WithoutAfterAsync()
    {
        TestFolder.Remove(FileOf(StoreKeys.History(TrainingFixture.Model).TrimEnd('/')));
        TestFolder.Remove(FileOf(StoreKeys.Channels(TrainingFixture.Model).TrimEnd('/')));
        for (var version = 1; version <= 2; version++)
        {
            var manifest = (await _fixture.Versions.GetAsync(TrainingFixture.Model, version, default))! with { After = null };
            await File.WriteAllBytesAsync(FileOf(StoreKeys.Version(TrainingFixture.Model, version)), StoredManifest.Of(manifest).Bytes);
            await _fixture.Channels.MoveAsync(new(TrainingFixture.Model, version, HistoryAction.Publish, Colors.All, "tester", "It passed."), default);
        }
    }

    private async Task<string?> HeadAsync() => await new VersionSigning(_fixture.Store, _key).SignHeadAsync(TrainingFixture.Model, default) is { } head
        ? $"{head.Number} {head.Result}{(head.Reason is { } reason ? $": {reason}" : "")}"
        : null;

    private static SignaturePolicy Enforced(LocalKeySigner key) => new(SignatureMode.Enforce, new([key.Key]));

    private string FileOf(string key) => Path.Combine(_fixture.StoreRoot, key);

    private async Task<string[]> SignsAsync(LocalKeySigner? key = null) =>
    [
        .. (await new VersionSigning(_fixture.Store, key ?? _key).RunAsync(TrainingFixture.Model, default).ToListAsync())
            .Select(signed => $"{signed.Version} {signed.Result}{(signed.Reason is { } reason ? $": {reason}" : "")}"),
    ];
}
