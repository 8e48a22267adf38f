using Slipway.Registry.Predictions;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Predictions;

public sealed class PredictionKeyTests
{
    private StoreFolder _folder = null!;
    private string _path = null!;

    [SetUp]
    public void CreateFolder()
    {
        _folder = new();
        _path = _folder.Beside("keys/prediction.key");
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void MakesAKeyOnceAndReadsItFromThenOn()
    {
        var first = PredictionKey.ReadOrCreate(_path);

        Assert.That(first, Has.Length.EqualTo(32));
        Assert.That(first, Is.Not.All.Zero);
        Assert.That(PredictionKey.ReadOrCreate(_path), Is.EqualTo(first));
        Assert.That(PredictionKey.ReadOrCreate(_folder.Beside("other.key")), Is.Not.EqualTo(first));
    }

    [Test]
    public void MakesTheSameKeyOfTheSameSecretEverywhere()
    {
        var key = PredictionKey.FromSecret("a-secret-of-32-characters-or-more");

        Assert.That(Convert.ToHexStringLower(key), Is.EqualTo("ee060054a393081a78ba4aebc01a885c85953bc563b495aff3ee94cf42917d1a"));
        Assert.That(PredictionKey.FromSecret("a-secret-of-32-characters-or-less"), Is.Not.EqualTo(key));
    }

    [Test]
    public void RejectsAShortSecretWithoutRevealingIt() => Assert.That(
        () => PredictionKey.FromSecret("a-secret-of-31-characters-or-so"),
        Throws.InstanceOf<SlipwayException>().With.Message.Contains("31 characters").And.Message.Not.Contains("a-secret"));

    [Test]
    public void LetsOnlyTheOwnerReadIt()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("file modes are a thing of Unix; run on Linux or macOS");

        PredictionKey.ReadOrCreate(_path);

        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(_path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task GivesAllThatAskAtOnceTheSame([Range(1, 20)] int round)
    {
        var path = _folder.Beside($"keys/{round}.key");

        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => PredictionKey.ReadOrCreate(path))));

        Assert.That(keys.Select(Convert.ToHexString).Distinct().Count(), Is.EqualTo(1));
        Assert.That(Directory.GetFileSystemEntries(_folder.Beside("keys")), Is.EqualTo(new[] { path }), "and nothing else is left");
    }

    [Test]
    public void FillsTheEmptyFileOfAProcessThatDied()
    {
        File.WriteAllBytes(_folder.Beside("empty"), []);

        var key = PredictionKey.ReadOrCreate(_folder.Beside("empty"));

        Assert.That(key, Has.Length.EqualTo(32));
        Assert.That(File.ReadAllBytes(_folder.Beside("empty")), Is.EqualTo(key));
    }

    [Test]
    public async Task WaitsForTheProcessThatIsWritingIt()
    {
        Directory.CreateDirectory(_folder.Beside("keys"));
        var holder = new FileStream(_path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        var asked = Task.Run(() => PredictionKey.ReadOrCreate(_path));

        holder.Write(Enumerable.Repeat((byte)7, 32).ToArray());
        await holder.DisposeAsync();

        Assert.That(await asked, Is.EqualTo(Enumerable.Repeat((byte)7, 32)));
    }

    [Test]
    public void RefusesAKeyOfAnotherLength()
    {
        File.WriteAllBytes(_folder.Beside("short"), new byte[31]);

        Assert.That(() => PredictionKey.ReadOrCreate(_folder.Beside("short")), Throws.InstanceOf<SlipwayException>().With.Message.Contains("31 bytes"));
    }

    [Test]
    public void NamesAPathThatCannotBeWritten()
    {
        File.WriteAllText(_folder.Beside("file"), "");

        Assert.That(() => PredictionKey.ReadOrCreate(_folder.Beside("file/key")), Throws.InstanceOf<SlipwayException>().With.Message.Contains(_folder.Beside("file/key")));
    }
}
