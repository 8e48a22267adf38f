using Slipway.Build.Environments.Fleets;
using Slipway.Registry;

namespace Slipway.Build.Tests.Environments.Fleets;

public sealed class ReleaseFolderTests
{
    private LocalFolderFixture _fixture = null!;
    private string _output = null!;

    [SetUp]
    public void SetUp()
    {
        _fixture = new();
        _output = Path.Combine(_fixture.Root, "output");
        Write("service.dll", "code");
        Write("runtimes/native.so", "native");
    }

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public void SameContentIsTheSameRelease()
    {
        var first = Releases.Add(_output);
        File.SetLastWriteTimeUtc(Path.Combine(_output, "service.dll"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.That(Releases.Add(_output), Is.EqualTo(first));
    }

    [TestCase("service.dll", "other code")]
    [TestCase("another.dll", "code")]
    [TestCase("runtimes/native.so", "native2")]
    public void OtherContentIsAnotherRelease(string file, string content)
    {
        var first = Releases.Add(_output);
        Write(file, content);

        Assert.That(Releases.Add(_output).Hash, Is.Not.EqualTo(first.Hash));
    }

    [Test]
    public void RenamedFileIsAnotherRelease()
    {
        var first = Releases.Add(_output);
        File.Move(Path.Combine(_output, "service.dll"), Path.Combine(_output, "renamed.dll"));

        Assert.That(Releases.Add(_output).Hash, Is.Not.EqualTo(first.Hash));
    }

    [Test]
    public void ReleaseStaysWhenTheOutputChanges()
    {
        var release = Releases.Add(_output);
        Write("service.dll", "rebuilt");

        Assert.That(File.ReadAllText(release.Assembly("service")), Is.EqualTo("code"));
        Assert.That(File.ReadAllText(Path.Combine(release.Folder, "runtimes", "native.so")), Is.EqualTo("native"));
    }

    [Test]
    public void PruningKeepsWhatIsInUse()
    {
        var kept = Releases.Add(_output);
        Write("service.dll", "rebuilt");
        var gone = Releases.Add(_output);
        Releases.Prune([kept.Hash]);

        Assert.That((Releases.Find(kept.Hash), Releases.Find(gone.Hash)), Is.EqualTo((kept, (Release?)null)));
    }

    [Test]
    public void MissingOutputSaysWhatToDo() =>
        Assert.That(
            () => Releases.Add(Path.Combine(_fixture.Root, "nothing")),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("--target=BuildRelease"));

    private ReleaseFolder Releases => new(_fixture.Folders);

    private void Write(string file, string content)
    {
        var path = Path.Combine(_output, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
