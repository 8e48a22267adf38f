using Slipway.Build.Environments.Fleets;
using Slipway.Build.Images;
using Slipway.Build.Tests.Images.ContainerRegistry;
using Slipway.Containers.Tests.TestSystems;
using Slipway.Registry;

namespace Slipway.Containers.Tests.Pushing;

/// <summary>Images in a real registry: a pull by digest returns what was pushed.</summary>
public sealed class RegistryTests
{
    private DebianRegistry? _registry;

    [OneTimeSetUp]
    public void Start() => _registry = new(asks: false);

    [OneTimeTearDown]
    public void Stop() => _registry?.Dispose();

    [Test]
    public void GivesBackByItsDigestWhatWasPushed()
    {
        var gateway = SmallImages.Package("0.0.0-registry")[ImageName.Gateway];
        var repository = $"{_registry!.Host}/slipway/gateway";
        TestSystem.Docker.Tag(gateway.Id, $"{repository}:1");

        var digest = TestSystem.Docker.Push($"{repository}:1", configuration: null);
        Assert.That(TestSystem.Docker.Push($"{repository}:1", configuration: null), Is.EqualTo(digest), "pushing again changes nothing");
        TestSystem.Docker.RemoveImage($"{repository}:1");
        TestSystem.Docker.Pull($"{repository}@{digest}", configuration: null);

        var pulled = TestSystem.Docker.FindImage($"{repository}@{digest}")!;
        Assert.That(pulled.Id, Is.EqualTo(gateway.Id));
        Assert.That(pulled.RepoDigests, Does.Contain($"{repository}@{digest}"));
    }

    [Test]
    public void SaysThatThereIsNoSuchImage() => Assert.That(
        () => TestSystem.Docker.Pull($"{_registry!.Host}/slipway/gateway@sha256:{new string('0', 64)}", configuration: null),
        Throws.TypeOf<SlipwayException>().With.Message.Contains("The image does not exist in the registry"));

    [Test]
    public void SaysThatARegistryIsAway() => Assert.That(
        () => TestSystem.Docker.Pull($"127.0.0.1:{Ports.Required(0)}/slipway/gateway:1", configuration: null),
        Throws.TypeOf<SlipwayException>().With.Message.Contains("The registry cannot be reached"));
}
