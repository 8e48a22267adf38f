using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Training;
using Slipway.Build.Environments.Watching;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Registry;

namespace Slipway.Build.Tests.Environments.Watching;

public sealed class WatchHostTests
{
    private LocalFolderFixture _fixture = null!;
    private LocalEnvironment _environment = null!;
    private StringWriter _output = null!;
    private int _builds;

    [SetUp]
    public void SetUp()
    {
        _fixture = new();
        _environment = new(_fixture.Folders.Root, new(null, "pumps", new(0, 0, TimeSpan.FromSeconds(1))), LocalFolderFixture.NoEngine, TimeProvider.System);
        _output = new();
        _builds = 0;
    }

    [TearDown]
    public void TearDown()
    {
        _output.Dispose();
        _fixture.Dispose();
    }

    [Test]
    public async Task BuildIsTakenOnceAndAgainWhenADeploymentRemovedIt()
    {
        var host = Host();
        for (var turn = 0; turn < 3; turn++)
            (await host.LockAsync(_ => { }, default))!.Dispose();
        Assert.That(_builds, Is.EqualTo(1));

        TestFolder.Remove(Path.Combine(_fixture.Root, "trainer-1"));
        (await host.LockAsync(_ => { }, default))!.Dispose();
        Assert.That(_builds, Is.EqualTo(2));
        Assert.That(_output.ToString(), Does.Contain("A deployment has installed another build").And.Contain("trainer-2"));
    }

    [Test]
    public async Task EnvironmentIsLeftToOthersBetweenTurns()
    {
        var host = Host();
        using (await host.LockAsync(_ => { }, default))
            Assert.That(() => _environment.Lock("Train"), Throws.TypeOf<SlipwayException>().With.Message.Contains("Watch, process "));

        Assert.That(() => _environment.Lock("Train").Dispose(), Throws.Nothing);
    }

    [Test]
    public async Task VersionIsNotCalledServedWhereNothingRuns()
    {
        var serving = await Host().WaitUntilServingAsync("pumps", 1, default);

        Assert.That(serving.Answers, Is.False);
        Assert.That(serving.Text, Does.Contain("no server is running").And.Contain("--target=Deploy"));
    }

    [Test]
    public void ModelsOfTheRepositoryAreThoseOfThisMoment()
    {
        var models = new RepositoryModels(Path.Combine(_fixture.Root, "models"));
        Assert.That(models.Names(), Is.Empty);

        Directory.CreateDirectory(Path.Combine(_fixture.Root, "models", "pumps"));
        Assert.That((models.Names().Count, models.ReadSpecJson("pumps")), Is.EqualTo((0, (byte[]?)null)));
        File.WriteAllText(Path.Combine(_fixture.Root, "models", "pumps", "model.json"), "{}");
        Assert.That((models.Names().Single(), models.ReadSpecJson("pumps")!.Length), Is.EqualTo(("pumps", 2)));
    }

    private WatchHost Host() => new(
        _environment, new(Path.Combine(_fixture.Root, "models")), _ => Task.FromResult(TakeBuild()), TimeSpan.FromSeconds(1), new PlainReport(_output, new Outcome(), TimeProvider.System));

    private TrainerBuild TakeBuild()
    {
        var name = $"trainer-{++_builds}";
        return new(new(name, Directory.CreateDirectory(Path.Combine(_fixture.Root, name)).FullName), name, new("commit", Dirty: false), "tester");
    }
}
