using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Build.Tests.Tools;
using Slipway.Registry;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Build.Tests.Environments.Fleets;

public sealed class ContainerHostTests
{
    private static readonly ServiceRecord Blue = new("blue", 1, default, "release", "docker logs x", Container: "slipway-local-blue", Image: "sha256:1");

    private LocalFolderFixture _fixture = null!;
    private RecordingCakeContext _cake = null!;
    private ContainerHost _host = null!;

    [SetUp]
    public void SetUp()
    {
        (_fixture, _cake) = (new(), new());
        _host = new(new(new(_ => new(_cake), _ => throw new InvalidOperationException()), _fixture.Folders, TimeProvider.System));
    }

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public void LeavesNothingOfAContainerThatDidNotStart()
    {
        _cake.Answer(127, "docker: Error response from daemon: exec failed");

        Assert.That(() => _host.Start(new("blue", new ImageRelease("release", "sha256:1"), "", ["serve"], new Dictionary<string, string>(), [], [])),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("exec failed"));
        Assert.That(_cake.CommandLines[^1], Does.StartWith("docker rm --force --volumes slipway-local-").And.Contains("-blue-"));
    }

    [Test]
    public void SaysHowToForgetAContainerWhoseEngineIsGone()
    {
        _cake.Answer(1, "Cannot connect to the Docker daemon at unix:///gone. Is the docker daemon running?");

        Assert.That(() => _host.IsRunning(Blue), Throws.TypeOf<SlipwayException>()
            .With.Message.Contains("The Docker engine does not respond").And.Message.Contains(Path.Combine(_fixture.Folders.Run, "blue.json")));
    }

    [Test]
    public async Task AsksNoEngineForWhatWasEndedOnPurpose()
    {
        new ServiceRecords(_fixture.Folders).Save(Blue with { Name = LocalFleet.Gateway, Stopped = true });
        _cake.HasTools = false;
        var fleet = new LocalFleet(
            _fixture.Folders, new DirectoryObjectStore(_fixture.Folders.Store, TimeProvider.System),
            new(null, "model", new(0, 0, TimeSpan.FromSeconds(1), SignatureMode.Enforce)), _host, TimeProvider.System);

        Assert.That(fleet.Running(LocalFleet.Gateway), Is.Null);
        Assert.That(fleet.AllRunning(), Is.Empty);
        await fleet.StopAllAsync(default);
    }
}
