using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Tests.Environments.SmokeTests;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Manifests;
using Slipway.Registry.Replicas;

namespace Slipway.Build.Tests.Environments.Fleets;

public sealed class FleetDeploymentTests
{
    private readonly StringWriter _output = new();
    private LocalFolderFixture _fixture = null!;
    private EnvironmentDouble _environment = null!;
    private ModelManifest _pumps = null!;

    [SetUp]
    public async Task Publish()
    {
        _fixture = new();
        _environment = new(_fixture.Folders);
        _pumps = await LiveModel.PublishAsync(_environment.Store, _environment.Signer, "pumps", Color.Blue, Color.Green);
    }

    [TearDown]
    public void Stop() => _fixture.Dispose();

    [Test]
    public async Task AnotherReleaseTakesTheIdleColorAndIsCheckedBeforeTrafficMoves()
    {
        var fleet = Fleet(Server(Color.Blue, "release-1"), Server(Color.Green));
        var result = await DeployAsync(fleet);

        Assert.That((result.Live, result.Release, result.Failure), Is.EqualTo((Color.Green, "release-2", (SlipwayException?)null)));
        Assert.That(_environment.Steps, Is.EqualTo(new[]
        {
            "heal blue", "start green", "start idle blue", "settle green", "start gateway", "traffic 1", "retire blue",
        }));
        Assert.That(await _environment.Traffic.ReadAsync(default), Has.Property("Color").EqualTo(Color.Green).And.Property("Reason").EqualTo("for a test"));
    }

    [TestCase(null, TestName = "TheFirstReleaseTakesTheInitialColor")]
    [TestCase("release-2", TestName = "ReleaseThatIsLiveStaysWhereItIs")]
    public async Task StaysOnTheLiveColor(string? running)
    {
        var fleet = Fleet(Server(Color.Blue));
        if (running is null)
            fleet.Releases.Clear();
        else
            fleet.Releases[Color.Blue] = running;

        Assert.That((await DeployAsync(fleet)).Live, Is.EqualTo(Color.Blue));
    }

    [Test]
    public async Task ServersThatCannotBeReachedAreTakenAtTheirProof()
    {
        await DeployAsync(Fleet(Server(Color.Green)));

        Assert.That(_output.ToString(), Does.Contain("verified by the servers themselves"));
    }

    [Test]
    public async Task ServerThatProvedAnotherFileGetsNoTraffic([Values("another file", null)] string? proved)
    {
        var server = Server(Color.Green);
        var fleet = Fleet(server with { Models = [server.Models[0] with { OnnxSha256 = proved }] });

        await RefusedAsync(fleet, _pumps.Artifact.OnnxSha256);
    }

    [Test]
    public async Task EachServerThatCanBeReachedIsAsked()
    {
        await using var first = new GoldenServer("0.5,0.25");
        await using var second = new GoldenServer("0.5,0.25");
        await DeployAsync(Fleet(reachable: true, Server(Color.Green) with { Address = first.Address }, Server(Color.Green) with { Address = second.Address }));

        Assert.That(first.Asked.Concat(second.Asked), Is.EqualTo(new[] { "/v2/models/pumps/versions/1/infer", "/v2/models/pumps/versions/1/infer" }));
    }

    [Test]
    public async Task WrongGoldenAnswerOfOneServerKeepsTrafficWhereItIs()
    {
        await using var right = new GoldenServer("0.5,0.25");
        await using var wrong = new GoldenServer("0.5,0.75");

        await RefusedAsync(
            Fleet(reachable: true, Server(Color.Green) with { Address = right.Address }, Server(Color.Green) with { Address = wrong.Address }),
            "returned 0.75 for golden value 1 instead of 0.25");
    }

    [Test]
    public async Task ColorThatServesLessThanTheLiveOneGetsNoTraffic()
    {
        var server = Server(Color.Green);
        var served = server.Models[0] with { Version = null, State = ServedModelState.Failed, Quarantined = [new(1, "digest", "the archive is damaged", 1)] };

        await RefusedAsync(Fleet(Server(Color.Blue, "release-1"), server with { Models = [served] }), "the archive is damaged");
    }

    [Test]
    public async Task ServersOfAnotherReleaseDoNotCount() =>
        await RefusedAsync(Fleet(Server(Color.Green, "release-0")), "the log of green");

    [Test]
    public async Task RepeatedDeploymentRequestsNoTrafficAgain()
    {
        var fleet = Fleet(Server(Color.Green));
        await DeployAsync(fleet);
        await DeployAsync(fleet);

        Assert.That(await _environment.Traffic.ReadAsync(default), Has.Property("Revision").EqualTo(1));
    }

    private async Task RefusedAsync(FleetDouble fleet, string why)
    {
        Assert.That(() => DeployAsync(fleet), Throws.TypeOf<SlipwayException>().With.Message.Contains(why));
        Assert.That(await _environment.Traffic.ReadAsync(default), Is.Null);
        Assert.That(_environment.Steps[^1], Is.EqualTo("settle green"));
    }

    private Task<DeploymentResult> DeployAsync(FleetDouble fleet) => new FleetDeployment(
        _environment, fleet, new(new("release", "no-trainer"), "release", new("commit", Dirty: false), "ann"),
        new PlainReport(_output, new Outcome(), TimeProvider.System)).RunAsync(default);

    private FleetDouble Fleet(params ReplicaHeartbeat[] servers) => Fleet(reachable: false, servers);

    /// <summary>Blue runs the release before.</summary>
    private FleetDouble Fleet(bool reachable, params ReplicaHeartbeat[] servers)
    {
        var fleet = new FleetDouble("release-2", _environment.Steps) { IsReachable = reachable };
        fleet.Releases[Color.Blue] = "release-1";
        fleet.Servers.AddRange(servers);
        return fleet;
    }

    private ReplicaHeartbeat Server(Color color, string release = "release-2") => new(
        $"{color.Word()}-1", color, "http://10.0.0.1:8080", release, 1, Ready: true, Draining: false,
        [new("pumps", 1, _pumps.Artifact.OnnxSha256, 1, ServedModelState.Serving, null, [])], DateTimeOffset.UnixEpoch);
}
