using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Gates;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Build.Tests.Environments.Gates;

public sealed class TrialFilesTests
{
    private LocalFolderFixture _fixture = null!;
    private TrialFiles _files = null!;

    [SetUp]
    public void SetUp()
    {
        _fixture = new();
        _files = new(Path.Combine(_fixture.Root, "gates"));
    }

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task EachModelThatHadAJobHasItsReport()
    {
        _files.Empty();
        await _files.WriteAsync("table", [TrialRecords.Passed("a"), TrialRecords.Broken("b")], new DirectoryObjectStore(_fixture.Folders.Store), default);

        Assert.That(await File.ReadAllTextAsync(_files.Summary), Is.EqualTo("table"));
        Assert.That(await File.ReadAllTextAsync(_files.Report("a")), Does.Contain("Trial of a change").And.Contain("nothing was published").And.Not.Contain("Registered as"));
        Assert.That(_files.Report("b"), Does.Not.Exist);
    }

    [Test]
    public void NothingOfATrialBeforeStays()
    {
        _files.Empty();
        File.WriteAllText(_files.Summary, "of another change");

        _files.Empty();

        Assert.That(_files.Summary, Does.Not.Exist);
    }

    [Test]
    public void ScratchEnvironmentBeginsEmptyAndHasOneUserAtATime()
    {
        LocalEnvironment Environment() => new(_fixture.Folders.Root, new(null, "pumps", new(0, 0, TimeSpan.FromSeconds(1))), LocalFolderFixture.NoEngine, TimeProvider.System);
        Directory.CreateDirectory(Path.Combine(_fixture.Folders.Store, "models"));
        var release = Directory.CreateDirectory(Path.Combine(_fixture.Folders.Releases, "abc"));

        using var scratch = Scratch.Open(Environment(), "GateModels");

        Assert.That(_fixture.Folders.Store, Does.Not.Exist);
        Assert.That(release.FullName, Does.Exist, "a release is named by its content");
        Assert.That(() => Scratch.Open(Environment(), "GateModels"), Throws.TypeOf<SlipwayException>().With.Message.Contains("GateModels"));
    }

    [Test]
    public void NoEnvironmentOfATeamIsCalledAsTheScratchEnvironment() => Assert.That(EnvironmentList.IsName(Scratch.Name), Is.False);
}
