using Slipway.Registry.Channels;
using Slipway.Registry.History;

namespace Slipway.Registry.Tests.History;

/// <summary>Each way in which somebody could change a store by hand.</summary>
public sealed class ModelAuditTests
{
    private AuditFixture _model = null!;

    [SetUp]
    public async Task MakeAModel() => _model = await AuditFixture.CreateAsync();

    [TearDown]
    public void DeleteStore() => _model.Dispose();

    [Test]
    public async Task FindsNothingWhereNobodyTouchedAnything()
    {
        var audited = await _model.AuditAsync();

        Assert.That(audited.Problems, Is.Empty);
        Assert.That((audited.History.Entries.Count, audited.Versions, audited.History.Pointers.Count), Is.EqualTo((4, 3, 2)));
    }

    [Test]
    public async Task FindsNothingWhereAPersonInsistedOnABlockedVersion()
    {
        await _model.MoveAsync(3, HistoryAction.Rollback);
        await _model.MoveAsync(1, HistoryAction.Rollback, await _model.OnnxSha256Async(3));

        Assert.That(await _model.ProblemsAsync(), Is.Empty);
    }

    [Test]
    public async Task NamesAnEditedEntry()
    {
        AuditFixture.Rewrite(_model.FileOfEntry(4), "\"operator\"", "\"somebody\"");

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { "Changed 4" }));
    }

    [TestCase(2, TestName = "NamesAnEntryRemovedInTheMiddle")]
    [TestCase(3, TestName = "NamesAnEntryRemovedBeforeTheLast")]
    public async Task NamesARemovedEntry(int number)
    {
        File.Delete(_model.FileOfEntry(number));

        Assert.That(await _model.ProblemsAsync(), Does.Contain($"Missing {number}"));
    }

    [Test]
    public async Task NamesTheLastEntryWhenItIsRemoved()
    {
        File.Delete(_model.FileOfEntry(4));

        Assert.That(await _model.ProblemsAsync(), Does.Contain("Missing 4").And.Contain("Block 0"));
    }

    [Test]
    public async Task NamesEntriesThatChangedPlaces()
    {
        var second = await File.ReadAllBytesAsync(_model.FileOfEntry(2));
        File.Copy(_model.FileOfEntry(3), _model.FileOfEntry(2), overwrite: true);
        await File.WriteAllBytesAsync(_model.FileOfEntry(3), second);

        Assert.That(await _model.ProblemsAsync(), Is.SupersetOf(new[] { "Renumbered 2", "Renumbered 3" }));
    }

    [TestCase("\"version\": 2", "\"version\": 1", "Changed 4", TestName = "NamesAChannelWhoseVersionWasEdited")]
    [TestCase("\"historyEntry\": 4", "\"historyEntry\": 9", "Missing 9", TestName = "NamesAChannelWhoseEntryWasRaised")]
    [TestCase("\"historyEntry\": 4", "\"historyEntry\": 3", "Changed 3", TestName = "NamesAChannelWhoseEntryWasLowered")]
    [TestCase("\"previous\": 3", "\"previous\": 7", "Channel 4", TestName = "NamesAChannelWhosePreviousVersionWasEdited")]
    public async Task NamesAnEditedChannel(string old, string changed, string problem)
    {
        AuditFixture.Rewrite(_model.FileOfChannel(Color.Green), old, changed);

        Assert.That(await _model.ProblemsAsync(), Does.Contain(problem));
    }

    [Test]
    public async Task NamesAChannelThatDoesNotRememberItsEntry()
    {
        var path = _model.FileOfChannel(Color.Blue);
        var hash = (await _model.InspectAsync()).Pointers[Color.Blue].HistorySha256;
        AuditFixture.Rewrite(path, $"\"{hash}\"", "null");

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { "Channel 4" }));
    }

    [Test]
    public async Task NamesAChannelThatCannotBeReadAndNothingItCannotKnow()
    {
        await File.WriteAllTextAsync(_model.FileOfChannel(Color.Blue), "{");

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { "Channel 0" }));
    }

    [Test]
    public async Task NamesAChannelThatWasPutBackToWhatItWas()
    {
        var before = await File.ReadAllBytesAsync(_model.FileOfChannel(Color.Blue));
        await _model.MoveAsync(3, HistoryAction.Rollback);
        await _model.MoveAsync(1, HistoryAction.Rollback);
        await File.WriteAllBytesAsync(_model.FileOfChannel(Color.Blue), before);

        Assert.That(
            await _model.ProblemsAsync(), Is.EqualTo(new[] { "Channel 6", "Incomplete 5", "Incomplete 6" }),
            "both moves look as if they had never reached blue, but the last found it at version 3");
        await _model.MoveAsync(1, HistoryAction.Rollback);
        Assert.That(await _model.ProblemsAsync(), Is.Empty, "requesting the same move again repairs it");
    }

    [Test]
    public async Task NamesAChannelThatIsGone()
    {
        File.Delete(_model.FileOfChannel(Color.Blue));

        Assert.That(await _model.ProblemsAsync(), Does.Contain("Channel 2"));
    }

    [Test]
    public async Task NamesABlockThatNoEntryExplains()
    {
        AuditFixture.Rewrite(_model.FileOfChannel(Color.Blue), "\"blocked\": [", $"\"blocked\": [ \"{new string('a', 64)}\",");

        var problem = (await _model.AuditAsync()).Problems.Single();
        Assert.That((problem.Kind, problem.IsTampering), Is.EqualTo((HistoryProblemKind.Block, true)));
        Assert.That(problem.Message, Does.Contain(new string('a', 64)));
    }

    [Test]
    public async Task NamesABlockThatWasTakenAway()
    {
        AuditFixture.Rewrite(_model.FileOfChannel(Color.Green), $"\"{await _model.OnnxSha256Async(3)}\"", "");

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { "Block 4" }));
    }

    [Test]
    public async Task NamesAnEditedManifest()
    {
        AuditFixture.Rewrite(_model.FileOfVersion(1), "\"value\": 0.9", "\"value\": 0.99");

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { "Version 1" }));
    }

    [Test]
    public async Task NamesAManifestThatCannotBeRead()
    {
        await File.WriteAllTextAsync(_model.FileOfVersion(3), "{");

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { "Version 3", "Version 3" }));
    }

    [Test]
    public async Task NamesAManifestInThePlaceOfAnother()
    {
        File.Copy(_model.FileOfVersion(1), _model.FileOfVersion(2), overwrite: true);

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { "Version 2", "Version 2" }));
    }

    [Test]
    public async Task NamesAVersionWithoutItsManifest()
    {
        File.Delete(_model.FileOfVersion(2));

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { "Version 2" }));
    }

    [Test]
    public async Task NamesAnExchangedArchive()
    {
        File.Copy(_model.FileOfArchive(3), _model.FileOfArchive(1), overwrite: true);

        var problem = (await _model.AuditAsync()).Problems.Single();
        Assert.That((problem.Kind, problem.IsTampering), Is.EqualTo((HistoryProblemKind.Artifact, true)));
        Assert.That(problem.Message, Does.Contain("pumps version 1").And.Contain("was modified after it was registered"));
    }

    [Test]
    public async Task NamesAnArchiveThatIsGone()
    {
        File.Delete(_model.FileOfArchive(2));

        Assert.That((await _model.AuditAsync()).Problems.Single().Message, Does.Contain("is not in the store"));
    }

    [Test]
    public async Task TakesAnEntryFromBeforeBlocksWereRecordedForWhatItIs()
    {
        // as such an entry and the channels that it moved looked
        var entry = await File.ReadAllTextAsync(_model.FileOfEntry(4));
        var old = entry[..entry.IndexOf(",\n  \"blocked\"", StringComparison.Ordinal)] + "\n}";
        await File.WriteAllTextAsync(_model.FileOfEntry(4), old);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(old)));
        foreach (var color in Colors.All)
            AuditFixture.Rewrite(_model.FileOfChannel(color), (await _model.InspectAsync()).Pointers[color].HistorySha256!, hash);

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { "HeadNotSigned 4" }), "and that it is not what was signed");
    }
}
