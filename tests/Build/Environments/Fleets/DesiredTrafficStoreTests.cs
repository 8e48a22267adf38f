using Slipway.Build.Environments.Fleets;
using Slipway.Build.Tests.Environments.Reproduction;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Tests.Environments.Fleets;

public sealed class DesiredTrafficStoreTests
{
    private LocalFolderFixture _fixture = null!;
    private DirectoryObjectStore _store = null!;
    private DesiredTrafficStore _traffic = null!;

    [SetUp]
    public void SetUp()
    {
        _fixture = new();
        _store = new(_fixture.Folders.Store);
        _traffic = new(_store, "main", TimeProvider.System);
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
    public async Task AskingGoesOnWhereTrafficIsWhenTheRecordWasRemoved()
    {
        await Ask(Color.Blue, "a");
        await ReachesAsync(5, Color.Blue);
        await _store.DeleteAsync(StoreKeys.DesiredTraffic("main"));

        Assert.That((await Ask(Color.Green, "b")).Desired.Revision, Is.EqualTo(6), "a gateway at 5 hears nothing below");
    }

    [Test]
    public async Task WhatTrafficHasPassedIsAskedForAnew()
    {
        await Ask(Color.Blue, "a");
        await ReachesAsync(5, Color.Green);

        var again = await Ask(Color.Blue, "a");

        Assert.That((again.IsNew, again.Desired.Revision), Is.EqualTo((true, 6)), "an old record that was put back is no answer");
    }

    [Test]
    public async Task WhatIsAskedForRemembersWhereEverythingWas()
    {
        await RegisteredModel.PublishAsync(_store, versions: 2, new LocalKeySigner(System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256)));
        await ReachesAsync(1, Color.Blue);

        var asked = (await Ask(Color.Green, "b")).Desired;

        Assert.That((asked.From, asked.Histories!.Single().Value), Is.EqualTo((Color.Blue, 2)));
    }

    private Task ReachesAsync(int revision, Color live) => _store.WriteAsync(
        StoreKeys.TrafficState("main"), new(revision, TrafficPhase.Promoted, TrafficSplit.All(live), live, "because", new(null, 0), default),
        RegistryJson.Default.TrafficState, PutCondition.None);

    [Test]
    public async Task LiveIsBlueBeforeThereIsAState() => Assert.That(await _traffic.LiveAsync(default), Is.EqualTo(Color.Blue));

    private Task<RequestedTraffic> Ask(Color color, string release) =>
        _traffic.RequestAsync(color, TrafficAction.Deploy, release, "tester", "because", default);
}
