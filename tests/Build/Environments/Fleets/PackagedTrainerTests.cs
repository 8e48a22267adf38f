using Slipway.Build.Environments;
using Slipway.Build.Environments.Training;
using Slipway.Build.Images;
using Slipway.Build.Images.Releases;

namespace Slipway.Build.Tests.Environments.Fleets;

/// <summary>What trains in an environment of containers. Packaging images takes longer than a small training.</summary>
public sealed class PackagedTrainerTests
{
    private LocalFolderFixture _fixture = null!;
    private LocalEnvironment _environment = null!;
    private int _packaged;

    [SetUp]
    public void SetUp()
    {
        _fixture = new();
        _packaged = 0;
        _environment = new(
            _fixture.Folders.Root, new(null, "pumps", new(0, 0, TimeSpan.FromSeconds(1)), InContainers: true),
            new(_ => throw new InvalidOperationException("This test uses no Docker."), _ => Task.FromResult(Package())), TimeProvider.System);
    }

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task ImagesArePackagedOnceForABuildHoweverManyModelsItTrains()
    {
        var build = Build();

        var images = new[] { (await _environment.TrainerBuildAsync(build, default)).Image, (await _environment.TrainerBuildAsync(build, default)).Image };

        Assert.That(images, Is.All.EqualTo("sha256:1"));
        Assert.That(_packaged, Is.EqualTo(1));
    }

    [Test]
    public async Task AnotherBuildIsPackagedAgain()
    {
        await _environment.TrainerBuildAsync(Build(), default);

        Assert.That((await _environment.TrainerBuildAsync(Build(), default)).Image, Is.EqualTo("sha256:2"), "a watcher takes another one when a deployment has changed the release");
    }

    [Test]
    public async Task BuildThatTheDeploymentHasPackagedIsTakenAsItIs()
    {
        var packaged = Build() with { Image = "sha256:0" };

        Assert.That(await _environment.TrainerBuildAsync(packaged, default), Is.SameAs(packaged));
        Assert.That(_packaged, Is.Zero);
    }

    private TrainerBuild Build() => new(new("hash", Path.Combine(_fixture.Root, "trainer")), "hash", new("0123456789ab", Dirty: false), "tests");

    private ReleaseRecord Package() => new(
        "1.0.0", "1.0.0", new("0123456789ab", Dirty: false), DateTimeOffset.UnixEpoch,
        [new(ImageName.Model, "slipway/model:1.0.0", $"sha256:{++_packaged}", "content", "base", Size: 1)]);
}
