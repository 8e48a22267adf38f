using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Images;
using Slipway.Build.Images.ContainerRegistry;
using Slipway.Build.Images.ContainerRegistry.Credentials;
using Slipway.Build.Images.Releases;
using Slipway.Build.Images.Supply;
using Slipway.Build.Tests.Images.ContainerRegistry;
using Slipway.Containers.Tests.TestSystems;
using Slipway.Registry;

namespace Slipway.Containers.Tests.Pushing;

/// <summary>From the packaged images to a registry that has them with their evidence: with a real engine and registry, and a scripted scanner.</summary>
public sealed class PushTests
{
    private readonly List<PackagedRelease> _others = [];

    private DebianRegistry? _registry;
    private RegistryContent? _content;
    private PackagedRelease? _release;
    private ReleaseRecord _pushed = null!;

    [OneTimeSetUp]
    public async Task PushTheImagesOfThisTree()
    {
        _registry = new(asks: false);
        _content = new(_registry.Host);
        _release = new PackagedRelease(TestSystem.Release).Scan();
        _pushed = await _release.PushAsync(_registry.Host);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _release?.Dispose();
        foreach (var other in _others)
            other.Dispose();
        _content?.Dispose();
        _registry?.Dispose();
    }

    [TestCase(ImageName.Model)]
    [TestCase(ImageName.Gateway)]
    public async Task RecordSaysTheDigestThatTheRegistryHas(string name)
    {
        var recorded = _release!.Files.Read()[name];

        Assert.That(recorded.Pushed!.Uri, Is.EqualTo($"{_registry!.Host}/slipway/{name}@{await _content!.DigestAsync(name, _pushed.Tag)}"));
        Assert.That(recorded, Is.EqualTo(_pushed[name]));
    }

    [TestCase(ImageName.Model)]
    [TestCase(ImageName.Gateway)]
    public void WhatIsPulledByTheDigestIsWhatWasScanned(string name)
    {
        var image = _pushed[name];
        TestSystem.Docker.RemoveImage($"{_registry!.Host}/slipway/{name}:{_pushed.Tag}");
        TestSystem.Docker.Pull(image.Pushed!.Uri, configuration: null);

        Assert.That(TestSystem.Docker.FindImage(image.Pushed.Uri)!.Id, Is.EqualTo(image.Scan!.ImageId));
        Assert.That(image.Scan.Passed, Is.True);
    }

    [TestCase(ImageName.Model)]
    [TestCase(ImageName.Gateway)]
    public async Task EvidenceIsFoundByTheDigest(string name)
    {
        var attached = await _content!.AttachedAsync(name, _pushed[name].Pushed!.Digest);

        Assert.That(attached.Keys, Is.EquivalentTo(new[] { MediaTypes.CycloneDx, MediaTypes.InToto }));
        Assert.That(attached[MediaTypes.CycloneDx], Is.EqualTo(File.ReadAllBytes(_release!.Files.At($"{name}.cdx.json"))));
        Assert.That(attached[MediaTypes.InToto], Is.EqualTo(File.ReadAllBytes(_release!.Files.At(ImageProvenance.File(name)))));
        Assert.That(System.Text.Encoding.UTF8.GetString(attached[MediaTypes.InToto]), Does.Contain(_pushed[name].Pushed!.Digest["sha256:".Length..]));
    }

    [Test]
    public async Task PushingAgainChangesNothing()
    {
        var (before, pushes) = (await StateAsync(), _release!.Pushes.Count);
        var again = await _release!.PushAsync(_registry!.Host);

        Assert.That(again.Images, Is.EqualTo(_pushed.Images));
        Assert.That(await StateAsync(), Is.EqualTo(before));
        Assert.That(_release!.Pushes, Has.Count.EqualTo(pushes), "the engine has nothing to do");
        Assert.That(_release!.Output.ToString(), Does.Contain($"already there: {_pushed[ImageName.Gateway].Pushed!.Digest}"));
    }

    [Test]
    public async Task TagStaysWithWhatItNames()
    {
        var other = Other(SmallImages.Package("0.0.0-other") with { Tag = _pushed.Tag }).Scan();
        var before = await StateAsync();

        Assert.That(() => other.PushAsync(_registry!.Host), Throws.TypeOf<SlipwayException>()
            .With.Message.Contains("content of model 0.0.0-other").And.Message.Contains(_pushed[ImageName.Model].Content).And.Message.Contains(_pushed[ImageName.Model].Pushed!.Digest));
        Assert.That(await StateAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task ImageWithSomethingCriticalStaysHere()
    {
        var release = Other(SmallImages.Package("0.0.0-canary", canary: "critical"));

        Assert.That(release.Scan, Throws.TypeOf<RefusedException>().With.Message.Contains("vulnerabilities critical fixable 1 (<= 0)"));
        Assert.That(() => release.PushAsync(_registry!.Host), Throws.TypeOf<RefusedException>().With.Message.Contains("its scan did not pass"));
        Assert.That(await _content!.DigestAsync(ImageName.Model, "0.0.0-canary"), Is.Null);
    }

    [Test]
    public async Task ImageThatNobodyScannedStaysHere()
    {
        var release = Other(SmallImages.Package("0.0.0-unseen"));

        Assert.That(() => release.PushAsync(_registry!.Host), Throws.TypeOf<SlipwayException>().With.Message.Contains("was not scanned"));
        Assert.That(await _content!.DigestAsync(ImageName.Model, "0.0.0-unseen"), Is.Null);
    }

    [Test]
    public void RegistryThatIsAwayIsNamed()
    {
        var away = new RegistryHost($"127.0.0.1:{Ports.Required(0)}");

        Assert.That(() => _release!.PushAsync(away), Throws.TypeOf<SlipwayException>().With.Message.Contains($"{away} does not respond").And.Message.Contains("run this again"));
    }

    [Test]
    public async Task OnlyThoseWithThePasswordPushAndNobodyElseGetsToKnowIt()
    {
        using var asking = new DebianRegistry(asks: true);
        var release = Other(SmallImages.Package("0.0.0-asked")).Scan();

        Assert.That(() => release.PushAsync(asking.Host), Throws.TypeOf<SlipwayException>().With.Message.Contains("requires credentials"));
        Assert.That(
            () => release.PushAsync(asking.Host, DebianRegistry.User, "wrong word"),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("denies 'ann'").And.Message.Not.Contains("wrong word"));
        var pushed = await release.PushAsync(asking.Host, DebianRegistry.User, DebianRegistry.Password);

        Assert.That(pushed.Images.Select(image => image.Pushed), Has.None.Null);
        var basic = new RegistryCredentials(DebianRegistry.User, DebianRegistry.Password, "").Basic;
        Assert.That(release.Configurations.Values, Has.Count.EqualTo(2).And.All.Contains(basic), "so the engine had them");
        Assert.That(release.Configurations.Keys.Where(Directory.Exists), Is.Empty);
        var texts = release.Leftovers.Select(File.ReadAllText).Append(release.Output.ToString());
        Assert.That(texts.Where(text => text.Contains(DebianRegistry.Password) || text.Contains(basic)), Is.Empty);
    }

    private PackagedRelease Other(ReleaseRecord record)
    {
        var release = new PackagedRelease(record);
        _others.Add(release);
        return release;
    }

    // everything that a push could change in the registry
    private async Task<string> StateAsync()
    {
        var state = new List<string>();
        foreach (var image in _pushed.Images)
        {
            state.Add(await _content!.TagsAsync(image.Name));
            state.Add($"{await _content.DigestAsync(image.Name, _pushed.Tag)} {await _content.DigestAsync(image.Name, image.Pushed!.Digest.Replace(':', '-'))}");
        }

        return string.Join('\n', state);
    }
}
