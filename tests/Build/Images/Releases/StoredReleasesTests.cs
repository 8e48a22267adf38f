using Slipway.Build.Images;
using Slipway.Build.Images.Releases;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Build.Tests.Environments.Reproduction;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Build.Tests.Images.Releases;

public sealed class StoredReleasesTests
{
    private static readonly SourceReference Source = new(RegisteredModel.Commit, Dirty: false);
    private static readonly ImageTag Tag = new("1.2.3", Source);
    private static readonly string Model = $"sha256:{new string('a', 64)}";
    private static readonly string Gateway = $"sha256:{new string('b', 64)}";

    private LocalFolderFixture _fixture = null!;
    private StoredReleases _releases = null!;

    [SetUp]
    public void MakeStore()
    {
        _fixture = new();
        _releases = new(new DirectoryObjectStore(_fixture.Folders.Store, TimeProvider.System), TimeProvider.System);
    }

    [TearDown]
    public void RemoveStore() => _fixture.Dispose();

    [Test]
    public async Task DigestOfALineageLeadsToTheRelease()
    {
        await _releases.AddAsync(Tag, Images(Model), "ann", default);
        await _releases.AddAsync(new("1.2.4", Source), Images($"sha256:{new string('c', 64)}"), "ann", default);

        Assert.That((await _releases.FindAsync(Model, Source, default))!.Tag, Is.EqualTo("1.2.3-0123456789ab"));
        Assert.That((await _releases.FindAsync(Gateway, default))!.Find(Gateway)!.Repository, Is.EqualTo("r/gateway"));
    }

    [Test]
    public async Task CommitNarrowsTheSearch()
    {
        await _releases.AddAsync(Tag, Images(Model), "ann", default);
        Assert.That(await _releases.FindAsync(Model, new(new('9', 40), Dirty: false), default), Is.Null);
    }

    [Test]
    public async Task WhatIsNoDigestHasNoRelease()
    {
        await _releases.AddAsync(Tag, Images("8f3a"), "ann", default);
        Assert.That(await _releases.FindAsync("8f3a", Source, default), Is.Null);
    }

    [Test]
    public async Task FirstRecordStays()
    {
        await _releases.AddAsync(Tag, Images(Model), "ann", default);
        await _releases.AddAsync(Tag, Images(Model), "bob", default);

        Assert.That((await _releases.FindAsync(Model, default))!.By, Is.EqualTo("ann"));
    }

    [Test]
    public async Task OtherImagesUnderTheSameTagAreAnError()
    {
        await _releases.AddAsync(Tag, Images(Model), "ann", default);

        Assert.That(
            () => _releases.AddAsync(Tag, Images($"sha256:{new string('c', 64)}"), "bob", default),
            Throws.TypeOf<SlipwayException>().With.Message.Contains(Model).And.Message.Contains(new string('c', 64)).And.Message.Contains("ann deployed the other one"));
    }

    private static StoredImage[] Images(string model) =>
        [new(ImageName.Model, "r/model", model, null, null), new(ImageName.Gateway, "r/gateway", Gateway, null, null)];
}
