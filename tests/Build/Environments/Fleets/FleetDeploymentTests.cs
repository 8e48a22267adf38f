using Slipway.Automation.Rollouts;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Rollouts;
using Slipway.Build.Tests.Environments.SmokeTests;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Manifests;
using Slipway.Registry.Replicas;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Tests.Environments.Fleets;

public sealed class FleetDeploymentTests
{
    private static readonly RolloutPlan Plan = new(
        "", null, null, "", [new(25), new(50)], TimeSpan.FromSeconds(1), 10, new(90), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), new());

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
            "heal blue", "start 3 of green", "start idle blue", "settle green", "start gateway", "traffic 1", "retire blue",
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

    [Test]
    public async Task ReleaseIsRolledOutWhereAnotherOneServes()
    {
        _environment = new(_fixture.Folders) { Plan = Plan, Rolled = asked => State(asked, TrafficPhase.Promoted) };
        await DeployAsync(Fleet(Server(Color.Blue, "release-1"), Server(Color.Green)));

        Assert.That(_environment.Steps, Is.EqualTo(new[]
        {
            "heal blue", "start 3 of green", "start idle blue", "settle green", "start gateway", "keep 3 of blue", "keep 3 of green", "roll out r1", "retire blue",
        }), "stable is retired only after the promotion");
        var plan = (await _environment.Traffic.ReadAsync(default))!.Plan!;
        Assert.That((plan.Id, plan.Digest, plan.Servers, plan.Steps), Is.EqualTo(("r1", "release-2", 3, Plan.Steps)));
    }

    [Test]
    public async Task TheGatewayDecidesWhereTheLiveColorDoesNotServe()
    {
        _environment = new(_fixture.Folders) { Plan = Plan, Rolled = asked => State(asked, TrafficPhase.Promoted) };
        await DeployAsync(Fleet(Server(Color.Blue, "release-1") with { Ready = false }, Server(Color.Green)));

        Assert.That(_environment.Steps, Does.Contain("roll out r1").And.Not.Contain("traffic 1"));
    }

    [Test]
    public void ReleaseThatTheGatewayTookBackIsRefusedWithTheCommandThatExplainsIt()
    {
        _environment = new(_fixture.Folders) { Plan = Plan, Rolled = asked => State(asked, TrafficPhase.RolledBack) };

        Assert.That(() => DeployAsync(Fleet(Server(Color.Blue, "release-1"), Server(Color.Green))), Throws.TypeOf<RolloutRefusedException>().With.Message.EqualTo(
            "Rollout r1 of release release-2 to green was rolled back: errors: 9 of 9. All traffic is on blue. The evidence: ./build.sh --target=Explain --rollout=r1 --environment=shore"));
        Assert.That(_environment.Steps.TakeLast(2), Is.EqualTo(new[] { "replace green", "retire green" }));
    }

    [Test]
    public void CandidateKeepsItsServersWhereARolloutWasHalted()
    {
        _environment = new(_fixture.Folders) { Plan = Plan, Rolled = asked => State(asked, TrafficPhase.Halted) };

        Assert.That(() => DeployAsync(Fleet(Server(Color.Blue, "release-1"), Server(Color.Green))), Throws.TypeOf<RolloutRefusedException>().With.Message.Contains("--target=Promote --environment=shore"));
        Assert.That(_environment.Steps[^1], Is.EqualTo("roll out r1"));
    }

    [Test]
    public async Task ReleaseThatWasTakenBackIsRolledOutAgainOnlyExplicitly()
    {
        _environment = new(_fixture.Folders) { Plan = Plan, Rolled = asked => State(asked, TrafficPhase.RolledBack) };
        var fleet = Fleet(Server(Color.Blue, "release-1"), Server(Color.Green));
        Assert.That(() => DeployAsync(fleet), Throws.TypeOf<RolloutRefusedException>());
        _environment.Steps.Clear();

        Assert.That(() => DeployAsync(fleet), Throws.TypeOf<RefusedException>().With.Message.Contains("rollout r1 of it ended without a promotion").And.Message.Contains("--retry"));
        Assert.That(_environment.Steps, Is.EqualTo(new[] { "heal blue" }), "nothing is started");
        _environment.Rolled = asked => State(asked, TrafficPhase.Promoted);
        Assert.That((await DeployAsync(fleet, retry: true)).Live, Is.EqualTo(Color.Green));
    }

    [Test]
    public async Task OtherReleaseStartsNothingWhileARolloutRuns()
    {
        _environment = new(_fixture.Folders) { Plan = Plan };
        await _environment.Traffic.RequestAsync(Color.Green, TrafficAction.Deploy, "release-3", "bob", "first", default, Plan with { Digest = "release-3" });

        Assert.That(() => DeployAsync(Fleet(Server(Color.Blue, "release-1"))), Throws.TypeOf<RolloutRunningException>().With.Message.Contains("Rollout r1 of release release-3"));
        Assert.That(_environment.Steps, Is.Empty);
    }

    [Test]
    public async Task DeploymentOfTheReleaseThatIsRolledOutWaitsForItAgain()
    {
        _environment = new(_fixture.Folders) { Plan = Plan, Rolled = asked => State(asked, TrafficPhase.Promoted) };
        await _environment.Traffic.RequestAsync(Color.Green, TrafficAction.Deploy, "release-2", "bob", "first", default, Plan with { Digest = "release-2" });
        await DeployAsync(Fleet(Server(Color.Blue, "release-1"), Server(Color.Green)));

        Assert.That(_environment.Steps, Does.Contain("roll out r1"));
        Assert.That((await _environment.Traffic.ReadAsync(default))!.Revision, Is.EqualTo(1));
    }

    private static TrafficState State(DesiredTraffic asked, TrafficPhase phase)
    {
        var live = phase == TrafficPhase.Promoted ? asked.Color : asked.Color.Other();
        return new(asked.Revision, phase, TrafficSplit.All(live), live, "errors: 9 of 9", new(null, 1), default,
            new(asked.Plan!, asked.Color, 0, 0, default, default, 0, null, null));
    }

    private async Task RefusedAsync(FleetDouble fleet, string why)
    {
        Assert.That(() => DeployAsync(fleet), Throws.TypeOf<SlipwayException>().With.Message.Contains(why));
        Assert.That(await _environment.Traffic.ReadAsync(default), Is.Null);
        Assert.That(_environment.Steps[^1], Is.EqualTo("settle green"));
    }

    private Task<DeploymentResult> DeployAsync(FleetDouble fleet, bool retry = false) => new FleetDeployment(
        _environment, fleet, new(new("release", "no-trainer"), "release", new("commit", Dirty: false), "ann"),
        new PlainReport(_output, new Outcome(), TimeProvider.System)).RunAsync(retry, default);

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
