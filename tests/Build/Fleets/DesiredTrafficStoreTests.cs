using Slipway.Registry;

namespace Slipway.Build.Tests;

public sealed class DesiredTrafficStoreTests
{
    private LocalFolderFixture _fixture = null!;
    private DesiredTrafficStore _traffic = null!;

    [SetUp]
    public void SetUp()
    {
        _fixture = new();
        _traffic = new(new DirectoryObjectStore(_fixture.Folders.Store), "main", TimeProvider.System);
    }

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task AskingTwiceForTheSameIsOneRevision()
    {
        var first = await Ask(Color.Blue, "a");
        var second = await Ask(Color.Blue, "a");

        Assert.That((first.IsNew, second.IsNew, second.Desired.Revision), Is.EqualTo((true, false, 1)));
    }

    [Test]
    public async Task OtherColorOrReleaseIsAnotherRevision()
    {
        await Ask(Color.Blue, "a");
        await Ask(Color.Green, "a");
        var third = await Ask(Color.Green, "b");

        Assert.That(third.Desired.Revision, Is.EqualTo(3));
    }

    [Test]
    public async Task AskingAtOnceGivesEveryoneARevisionOfTheirOwn()
    {
        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Ask(Color.Blue, $"release-{i}"))));

        Assert.That(asked.Select(one => one.Desired.Revision).Order(), Is.EqualTo(Enumerable.Range(1, 8)));
    }

    [Test]
    public async Task LiveIsBlueBeforeThereIsAState() => Assert.That(await _traffic.LiveAsync(default), Is.EqualTo(Color.Blue));

    private Task<AskedTraffic> Ask(Color color, string release) =>
        _traffic.AskAsync(color, TrafficAction.Deploy, release, "tester", "because", default);
}
