using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Rollbacks;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Build.Tests.Environments.Reproduction;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Tests.Environments.Rollbacks;

public sealed class TrafficRollbackTests
{
    private readonly StringWriter _output = new();
    private LocalFolderFixture _fixture = null!;
    private EnvironmentDouble _environment = null!;

    [SetUp]
    public async Task DeployTwice()
    {
        _fixture = new();
        _environment = new(_fixture.Folders);
        await _environment.Traffic.RequestAsync(Color.Blue, TrafficAction.Deploy, "release-1", "ann", "first", default);
        await _environment.Traffic.RequestAsync(Color.Green, TrafficAction.Deploy, "release-2", "ann", "second", default);
    }

    [TearDown]
    public void Stop() => _fixture.Dispose();

    private EnvironmentRollback Rollback => new(_environment, new PlainReport(_output, new Outcome(), TimeProvider.System), "bob", "slow");

    [Test]
    public async Task ColorThatIsLeftMayRestOnceTrafficIsBack()
    {
        await Rollback.LastChangeAsync(model: null, default);

        Assert.That(_environment.Steps, Is.EqualTo(new[] { "prepare blue", "traffic 3", "scale in green" }));
        Assert.That(await _environment.Traffic.ReadAsync(default), Has.Property("Color").EqualTo(Color.Blue).And.Property("Reason").EqualTo("slow"));
    }

    [Test]
    public async Task TrafficGoesBackWhateverAModelDidSince()
    {
        await RegisteredModel.PublishAsync(_environment.Store, versions: 2, _environment.Signer);
        Assert.That(await Rollback.LastMoveAsync(default), Is.EqualTo("Rolled traffic back from green to blue, release release-1."));
    }

    [Test]
    public async Task MoveOfTrafficIsUndoneOnce()
    {
        await Rollback.LastMoveAsync(default);

        Assert.That(() => Rollback.LastMoveAsync(default), Throws.TypeOf<SlipwayException>().With.Message.StartsWith("There is no traffic move to roll back").And.Message.Contains("--what=model"));
    }
}
