using Slipway.Registry.Signing;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Signing;

public sealed class SigningKeyFileTests
{
    private StoreFolder _folder = null!;
    private string _path = null!;
    private string _public = null!;

    [SetUp]
    public void CreateFolder()
    {
        _folder = new();
        (_path, _public) = (_folder.Beside("keys/signing-key.pem"), _folder.Beside("keys/signing-key.pub.pem"));
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task MakesAKeyOnceAndPublishesItsPublicHalf()
    {
        using var first = SigningKeyFile.ReadOrCreate(_path, _public);
        using var second = SigningKeyFile.ReadOrCreate(_path, _public);

        Assert.That(second.Key.Id, Is.EqualTo(first.Key.Id));
        var signature = await second.SignAsync("text"u8.ToArray(), default);
        Assert.That(first.Key.Verifies("text"u8, signature), Is.True);
        Assert.That(TrustedKeys.Read(_public).Select(key => key.Id), Is.EqualTo(new[] { first.Key.Id }));
        Assert.That(File.ReadAllText(_public), Does.Not.Contain("PRIVATE"));
    }

    [Test]
    public void LetsOnlyTheOwnerReadIt()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("file modes are a thing of Unix; run on Linux or macOS");

        SigningKeyFile.ReadOrCreate(_path, _public).Dispose();

        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(_path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task GivesAllThatAskAtOnceTheSame([Range(1, 10)] int round)
    {
        var (path, publicPath) = (_folder.Beside($"{round}/key.pem"), _folder.Beside($"{round}/key.pub.pem"));

        var ids = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() =>
        {
            using var signer = SigningKeyFile.ReadOrCreate(path, publicPath);
            return signer.Key.Id;
        })));

        Assert.That(ids.Distinct().ToArray(), Is.EqualTo(new[] { ids[0] }));
        Assert.That(Directory.GetFileSystemEntries(_folder.Beside($"{round}")), Is.EquivalentTo(new[] { path, publicPath }), "and nothing else is left");
        Assert.That(TrustedKeys.Read(publicPath).Select(key => key.Id), Is.EqualTo(new[] { ids[0] }));
    }

    [Test]
    public void KeepsThePublicHalfOfAKeyThatWasReplaced()
    {
        using var first = SigningKeyFile.ReadOrCreate(_path, _public);
        File.Delete(_path);
        using var second = SigningKeyFile.ReadOrCreate(_path, _public);

        Assert.That(TrustedKeys.Read(_public).Select(key => key.Id), Is.EqualTo(new[] { first.Key.Id, second.Key.Id }));
    }

    [Test]
    public void PublishesTheNextKeyInTheSameFileForThoseWhoHaveItOpen()
    {
        SigningKeyFile.ReadOrCreate(_path, _public).Dispose();
        using var open = new StreamReader(new FileStream(_public, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        File.Delete(_path);

        using var second = SigningKeyFile.ReadOrCreate(_path, _public);

        Assert.That(TrustedKeys.Parse(open.ReadToEnd(), "").Select(key => key.Id), Does.Contain(second.Key.Id));
    }

    [TestCase("garbage", "recreated from the private key")]
    [TestCase(null, "is a folder", Description = "a folder in its place")]
    public void SaysWhatToDoAboutAPublicHalfThatIsNone(string? content, string expected)
    {
        SigningKeyFile.ReadOrCreate(_path, _public).Dispose();
        File.Delete(_public);
        if (content is null)
            Directory.CreateDirectory(_public);
        else
            File.WriteAllText(_public, content);

        foreach (var attempt in new Action[] { () => SigningKeyFile.ReadOrCreate(_path, _public), () => SigningKeyFile.ReadTrusted(_path, _public) })
            Assert.That(attempt, Throws.TypeOf<SlipwayException>().With.Message.Contains(expected).And.Message.Contains(_public));
    }

    [Test]
    public void PublishesAnewAPublicHalfThatSomebodyDeleted()
    {
        Assert.That(SigningKeyFile.ReadTrusted(_path, _public), Is.Empty, "where nothing was ever signed");
        using var key = SigningKeyFile.ReadOrCreate(_path, _public);
        File.Delete(_public);

        Assert.That(SigningKeyFile.ReadTrusted(_path, _public).Select(one => one.Id), Is.EqualTo(new[] { key.Key.Id }));
        Assert.That(File.Exists(_public), Is.True);
    }

    [Test]
    public void FillsTheEmptyFileOfAProcessThatDied()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllBytes(_path, []);
        using var first = SigningKeyFile.ReadOrCreate(_path, _public);
        using var second = SigningKeyFile.ReadOrCreate(_path, _public);

        Assert.That(second.Key.Id, Is.EqualTo(first.Key.Id));
    }

    [Test]
    public async Task WaitsForTheProcessThatIsWritingIt()
    {
        using var made = SigningKeyFile.ReadOrCreate(_path, _public);
        var content = File.ReadAllBytes(_path);
        var holder = new FileStream(_path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var asked = Task.Run(() => SigningKeyFile.ReadOrCreate(_path, _public));

        holder.Write(content);
        await holder.DisposeAsync();

        using var read = await asked;
        Assert.That(read.Key.Id, Is.EqualTo(made.Key.Id));
    }

    [TestCase("no key")]
    [TestCase("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void SaysThatAFileHoldsNoKey(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllText(_path, content);

        Assert.That(() => SigningKeyFile.ReadOrCreate(_path, _public), Throws.TypeOf<SlipwayException>().With.Message.Contains(_path).And.Message.Contains("no private key"));
    }

    [Test]
    public void SaysThatAPublicKeySignsNothing()
    {
        using (var other = SigningKeyFile.ReadOrCreate(_folder.Beside("other"), _folder.Beside("other.pub")))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            File.WriteAllText(_path, other.Key.ToPem());
        }

        Assert.That(() => SigningKeyFile.ReadOrCreate(_path, _public), Throws.TypeOf<SlipwayException>().With.Message.Contains("no private key"));
    }

    [Test]
    public void NamesAPathThatCannotBeWritten()
    {
        File.WriteAllText(_folder.Beside("file"), "");

        Assert.That(
            () => SigningKeyFile.ReadOrCreate(_folder.Beside("file/key"), _public), Throws.TypeOf<SlipwayException>().With.Message.Contains(_folder.Beside("file/key")));
    }
}
