using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Tests.Channels;
using Slipway.Registry.Tests.Manifests;

namespace Slipway.Registry.Tests.History;

public sealed class ModelHistoryTests
{
    private ChannelFixture _model = null!;

    [SetUp]
    public async Task MakeAHistoryOfFive()
    {
        _model = new();
        await _model.RegisterAsync(versions: 5);
        for (var version = 1; version <= 5; version++)
            await _model.PublishAsync(version);
    }

    [TearDown]
    public void DeleteStore() => _model.Dispose();

    [Test]
    public async Task IsIntactWhenNobodyTouchedIt()
    {
        Assert.That(await _model.ProblemsAsync(), Is.Empty);
        Assert.That((await _model.EntriesAsync()).Select(entry => entry.To), Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(5)]
    public async Task NamesAnEntryWhoseTextWasChanged(int number)
    {
        Rewrite(number, text => text.Replace("\"operator\"", "\"somebody\"", StringComparison.Ordinal));

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { $"Changed {number}" }));
    }

    [Test]
    public async Task NamesAnEntryOfWhichOneByteWasAdded()
    {
        Rewrite(2, text => text + " ");

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { "Changed 2" }));
    }

    [Test]
    public async Task NamesAnEntryThatCannotBeRead()
    {
        Rewrite(4, _ => "{");

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { "Changed 4" }));
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(5)]
    public async Task NamesAMissingEntry(int number)
    {
        File.Delete(_model.FileOfEntry(number));

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { $"Missing {number}" }));
    }

    [Test]
    public async Task NamesEntriesThatChangedPlaces()
    {
        var second = await File.ReadAllBytesAsync(_model.FileOfEntry(2));
        File.Copy(_model.FileOfEntry(3), _model.FileOfEntry(2), overwrite: true);
        await File.WriteAllBytesAsync(_model.FileOfEntry(3), second);

        Assert.That(await _model.ProblemsAsync(), Is.SupersetOf(new[] { "Renumbered 2", "Renumbered 3" }));
    }

    [Test]
    public async Task NamesARemovedEntryAfterWhichTheOthersMovedUp()
    {
        for (var number = 3; number < 5; number++)
            File.Move(_model.FileOfEntry(number + 1), _model.FileOfEntry(number), overwrite: true);

        Assert.That(await _model.ProblemsAsync(), Is.SupersetOf(new[] { "Renumbered 3", "Renumbered 4", "Missing 5" }));
    }

    [Test]
    public async Task NamesTheEntryThatAChannelContradicts()
    {
        var channel = await File.ReadAllTextAsync(_model.FileOfChannel(Color.Green));
        await File.WriteAllTextAsync(_model.FileOfChannel(Color.Green), channel.Replace("\"version\": 5", "\"version\": 1", StringComparison.Ordinal));

        Assert.That(await _model.ProblemsAsync(), Is.EqualTo(new[] { "Changed 5" }));
    }

    [Test]
    public async Task DistinguishesAnUnfinishedMoveFromTampering()
    {
        var dying = new ModelChannels(ScriptedStore.DyingAfter(_model.Store, puts: 2), _model.Time);
        Assert.That(
            () => dying.MoveAsync(new(SampleManifests.Model, 1, HistoryAction.Rollback, Colors.All, "operator", "back"), CancellationToken.None),
            Throws.InstanceOf<CrashedException>());

        var problem = (await _model.History.VerifyAsync(SampleManifests.Model, CancellationToken.None)).Single();
        Assert.That((problem.Kind, problem.Entry, problem.IsTampering), Is.EqualTo((HistoryProblemKind.Incomplete, 6, false)));
        Assert.That(problem.Message, Does.Contain("green did not follow").And.Not.Contain("blue"));
    }

    [Test]
    public async Task IsEmptyForAModelThatNeverMoved()
    {
        Assert.That(await _model.History.ReadAsync("other", CancellationToken.None).ToListAsync(), Is.Empty);
        Assert.That(await _model.History.VerifyAsync("other", CancellationToken.None), Is.Empty);
    }

    private void Rewrite(int number, Func<string, string> change)
    {
        var path = _model.FileOfEntry(number);
        var text = File.ReadAllText(path);
        Assert.That(change(text), Is.Not.EqualTo(text));
        File.WriteAllText(path, change(text));
    }
}
