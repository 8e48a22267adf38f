using System.Text;
using Slipway.Build.Cli;
using Slipway.Build.Images;
using Slipway.Build.Images.ContainerRegistry;
using Slipway.Build.Tests.Images.ContainerRegistry;
using Slipway.Registry;

namespace Slipway.Build.Tests.Images.Pushing;

public sealed class ImagePushTests
{
    private PushFixture _fixture = null!;

    [SetUp]
    public void Start() => _fixture = new();

    [TearDown]
    public async Task Stop() => await _fixture.DisposeAsync();

    [Test]
    public async Task DigestsOfTheRegistryAreRecorded()
    {
        var release = await _fixture.PushAsync();

        foreach (var name in ImageName.All)
            Assert.That(release[name].Pushed, Is.EqualTo(new ImageReference($"{_fixture.Registry.Host}/slipway/{name}", _fixture.InRegistry(name).Digest)));
        Assert.That(_fixture.Files.Read()[ImageName.Model].Pushed, Is.EqualTo(release[ImageName.Model].Pushed));
    }

    [Test]
    public async Task PushingAgainWritesNothing()
    {
        var first = await _fixture.PushAsync();
        var writes = _fixture.Registry.Writes.Count();
        var again = await _fixture.PushAsync();

        Assert.That(_fixture.Pushes, Has.Count.EqualTo(2));
        Assert.That(_fixture.Registry.Writes.Count(), Is.EqualTo(writes));
        Assert.That(again[ImageName.Model].Pushed, Is.EqualTo(first[ImageName.Model].Pushed));
        Assert.That(_fixture.Output.ToString(), Does.Contain($"already there: {_fixture.InRegistry("model").Digest}"));
    }

    [Test]
    public void OtherContentUnderTheTagIsAnErrorThatNamesBoth()
    {
        _fixture.Registry.Add("slipway/model", PushFixture.Tag, PushFixture.Configuration("another tree"));

        Assert.That(_fixture.PushAsync, Throws.TypeOf<SlipwayException>()
            .With.Message.Contains("already exists with different content").And.Message.Contains("another tree").And.Message.Contains("content of model"));
        Assert.That(_fixture.Pushes, Is.Empty);
        Assert.That(_fixture.Files.Read()[ImageName.Model].Pushed, Is.Null);
    }

    [Test]
    public void ImageWithoutTheLabelIsOtherContent()
    {
        _fixture.Registry.Add("slipway/model", PushFixture.Tag, "{}"u8.ToArray());
        Assert.That(_fixture.PushAsync, Throws.TypeOf<SlipwayException>().With.Message.Contains("built from unknown content"));
    }

    [Test]
    public async Task SameContentThatWasBuiltElsewhereIsTheRelease()
    {
        var configuration = PushFixture.Configuration("content of model");
        var there = _fixture.Registry.Add("slipway/model", PushFixture.Tag, [.. configuration, (byte)'\n']);
        var release = await _fixture.PushAsync();

        Assert.That(release[ImageName.Model].Pushed!.Digest, Is.EqualTo(there.Digest));
        Assert.That(_fixture.Pushes, Has.Count.EqualTo(1), "the gateway alone");
        Assert.That(_fixture.Registry.Manifests.Keys, Does.Not.Contain($"slipway/model:{PushFixture.Tag}.sbom"), "that of this build is of another image");
        Assert.That(_fixture.Output.ToString(), Does.Contain("built elsewhere from the same content").And.Contain("sbom not attached"));
    }

    [Test]
    public async Task AnotherRegistryGetsTheSameDigest()
    {
        var first = await _fixture.PushAsync();
        await using var production = new FakeRegistry();
        var second = await _fixture.PushAsync(production);

        Assert.That(_fixture.Pushes, Has.Count.EqualTo(4));
        foreach (var name in ImageName.All)
            Assert.That(second[name].Pushed, Is.EqualTo(first[name].Pushed! with { Repository = $"{production.Host}/slipway/{name}" }));
    }

    [Test]
    public async Task AnotherRegistryWithAnotherDigestIsAnErrorThatNamesBoth()
    {
        var first = await _fixture.PushAsync();
        await using var production = new FakeRegistry();
        var there = production.Add("slipway/model", PushFixture.Tag, [.. PushFixture.Configuration("content of model"), (byte)'\n']);

        Assert.That(() => _fixture.PushAsync(production), Throws.TypeOf<SlipwayException>()
            .With.Message.Contains(there.Digest).And.Message.Contains(first[ImageName.Model].Pushed!.Digest).And.Message.Contains("Commit"));
        Assert.That(_fixture.Files.Read()[ImageName.Model].Pushed, Is.EqualTo(first[ImageName.Model].Pushed));
    }

    [Test]
    public async Task BuildOfElsewhereIsNotReplacedByOursInAnotherRegistry()
    {
        var there = _fixture.Registry.Add("slipway/model", PushFixture.Tag, [.. PushFixture.Configuration("content of model"), (byte)'\n']);
        await _fixture.PushAsync();
        await using var production = new FakeRegistry();

        Assert.That(() => _fixture.PushAsync(production), Throws.TypeOf<SlipwayException>().With.Message.Contains("built elsewhere").And.Message.Contains(there.Digest));
        Assert.That(production.Writes, Is.Empty);
    }

    [Test]
    public async Task PushThatWasInterruptedGoesOn()
    {
        var away = true;
        _fixture.Registry.Fault = request => away && request.Url!.AbsolutePath.Contains("/slipway/gateway/") ? FakeAnswer.Error(500, "UNKNOWN", "no space left on device") : null;
        Assert.That(_fixture.PushAsync, Throws.TypeOf<SlipwayException>().With.Message.Contains("no space left on device"));
        Assert.That(_fixture.Files.Read()[ImageName.Model].Pushed, Is.Not.Null);

        away = false;
        await _fixture.PushAsync();
        Assert.That(_fixture.Pushes.Select(push => push.Split('/')[2]), Is.EqualTo(new[] { $"model:{PushFixture.Tag}", $"gateway:{PushFixture.Tag}" }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task AttachingThatWasInterruptedGoesOn(bool referrers)
    {
        var away = true;
        _fixture.Registry.ListsReferrers = referrers;
        _fixture.Registry.ImmutableTags = true;
        _fixture.Registry.Fault = request => away && request.HttpMethod == "PUT" && request.Url!.AbsolutePath.EndsWith(".provenance") ? FakeAnswer.Error(500, "UNKNOWN", "gone") : null;
        Assert.That(_fixture.PushAsync, Throws.TypeOf<SlipwayException>());

        away = false;
        await _fixture.PushAsync();
        Assert.That(_fixture.Registry.Writes.Count(write => write.EndsWith($"model/manifests/{PushFixture.Tag}.sbom")), Is.EqualTo(1));
        Assert.That(await AttachedAsync(referrers), Is.EquivalentTo(new[] { MediaTypes.CycloneDx, MediaTypes.InToto }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task EvidenceIsFoundByTheDigest(bool referrers)
    {
        _fixture.Registry.ListsReferrers = referrers;
        _fixture.Registry.ImmutableTags = true;
        await _fixture.PushAsync();
        await _fixture.PushAsync();

        Assert.That(await AttachedAsync(referrers), Is.EquivalentTo(new[] { MediaTypes.CycloneDx, MediaTypes.InToto }));
        var sbom = _fixture.Registry.Manifests[$"slipway/model:{PushFixture.Tag}.sbom"].Read("x");
        Assert.That(sbom.Subject, Is.EqualTo(_fixture.InRegistry("model").Descriptor));
        Assert.That(sbom.Config!.MediaType, Is.EqualTo(MediaTypes.OciEmpty));
        Assert.That(Encoding.UTF8.GetString(_fixture.Registry.Blobs[$"slipway/model@{sbom.Layers!.Single().Digest}"]), Does.Contain("\"of\":\"model\""));
        Assert.That(_fixture.Registry.Manifests.ContainsKey($"slipway/model:{_fixture.InRegistry("model").Digest.Replace(':', '-')}"), Is.EqualTo(!referrers));
    }

    [Test]
    public async Task EvidenceOfALaterScanChangesNothing()
    {
        await _fixture.PushAsync();
        var first = _fixture.Registry.Manifests[$"slipway/model:{PushFixture.Tag}.sbom"].Digest;
        File.WriteAllText(_fixture.Files.At("model.cdx.json"), "{\"serialNumber\":\"another\"}");
        await _fixture.PushAsync();

        Assert.That(_fixture.Registry.Manifests[$"slipway/model:{PushFixture.Tag}.sbom"].Digest, Is.EqualTo(first));
    }

    [Test]
    public void MissingEvidenceIsToBeMadeAgain()
    {
        File.Delete(_fixture.Files.At("model.cdx.json"));
        Assert.That(_fixture.PushAsync, Throws.TypeOf<SlipwayException>().With.Message.Contains("model.cdx.json").And.Message.Contains("--target=ScanImages"));
    }

    [Test]
    public void NothingIsPushedUnlessAllMayBe()
    {
        _fixture.Change(ImageName.Gateway, image => image with { Scan = image.Scan! with { Passed = false, Verdict = "1 critical." } });

        Assert.That(_fixture.PushAsync, Throws.TypeOf<RefusedException>());
        Assert.That(_fixture.Registry.Requests, Is.Empty);
    }

    [Test]
    public void ImageThatTheEngineHasOtherwiseNowIsNotPushed()
    {
        _fixture.Images[$"slipway/model:{PushFixture.Tag}"] = PushFixture.Configuration("built again");

        Assert.That(_fixture.PushAsync, Throws.TypeOf<SlipwayException>().With.Message.Contains("Package and scan again"));
        Assert.That(_fixture.Pushes, Is.Empty);
    }

    [Test]
    public void ImageThatIsGoneFromTheEngineIsNotPushed()
    {
        _fixture.Images.Remove($"slipway/model:{PushFixture.Tag}");
        Assert.That(_fixture.PushAsync, Throws.TypeOf<SlipwayException>().With.Message.Contains("is no longer in this engine"));
    }

    [Test]
    public void WhatArrivedIsComparedWithWhatWasScanned()
    {
        _fixture.OnPush = _ => _fixture.Registry.Add("slipway/model", PushFixture.Tag, [.. PushFixture.Configuration("content of model"), (byte)' ']).Digest;
        Assert.That(_fixture.PushAsync, Throws.TypeOf<SlipwayException>().With.Message.Contains("is not the image that was scanned"));
    }

    [Test]
    public void AnotherDigestThanTheEngineSaidIsAnError()
    {
        _fixture.OnPush = _ => $"sha256:{new string('0', 64)}";
        Assert.That(_fixture.PushAsync, Throws.TypeOf<SlipwayException>().With.Message.Contains("somebody else pushed at the same time"));
    }

    [Test]
    public async Task CredentialsReachTheEngineByAFolderThatGoes()
    {
        _fixture.Registry.Challenge = "Basic realm=\"here\"";
        _fixture.Credentials = new(FakeRegistry.User, FakeRegistry.Password, "the test", DateTimeOffset.UnixEpoch);
        await _fixture.PushAsync();

        Assert.That(_fixture.Configurations, Is.All.Contains(_fixture.Credentials.Basic));
        Assert.That(Directory.Exists(_fixture.LastFolder), Is.False);
        Assert.That(_fixture.Output.ToString(), Does.Contain("as ann, from the test, until 1970-01-01 00:00:00Z").And.Not.Contain(FakeRegistry.Password).And.Not.Contain(_fixture.Credentials.Basic));
    }

    [Test]
    public void FolderWithCredentialsGoesAlsoWhenThePushFails()
    {
        _fixture.Credentials = new(FakeRegistry.User, FakeRegistry.Password, "the test");
        _fixture.OnPush = _ => throw new SlipwayException("docker push failed.");

        Assert.That(_fixture.PushAsync, Throws.TypeOf<SlipwayException>().With.Message.EqualTo("docker push failed."));
        Assert.That(_fixture.LastFolder, Is.Not.Null);
        Assert.That(Directory.Exists(_fixture.LastFolder), Is.False);
    }

    [Test]
    public async Task RegistryWithoutCredentialsLeavesTheClientAsThePersonHasIt()
    {
        await _fixture.PushAsync();
        Assert.That(_fixture.Configurations, Is.EqualTo(new string?[] { null, null }));
    }

    [Test]
    public async Task EngineThatKeepsImagesAsRegistriesDoCallsTheManifestItsId()
    {
        var manifest = _fixture.Registry.Add("slipway/model", PushFixture.Tag, PushFixture.Configuration("content of model"));
        _fixture.Change(ImageName.Model, image => image with { Id = manifest.Digest, Scan = image.Scan! with { ImageId = manifest.Digest } });
        await _fixture.PushAsync();

        Assert.That(_fixture.Output.ToString(), Does.Contain($"already there: {manifest.Digest}\n"));
    }

    private async Task<IEnumerable<string?>> AttachedAsync(bool referrers)
    {
        var digest = _fixture.InRegistry("model").Digest;
        using var client = new RegistryClient(new(_fixture.Registry.Host, "slipway/model"), credentials: null, TimeProvider.System);
        var list = referrers
            ? await client.FindReferrersAsync(digest, default)
            : (await client.FindManifestAsync(digest.Replace(':', '-'), default))!.Read("x").Manifests;
        return list!.Select(one => one.ArtifactType);
    }
}
