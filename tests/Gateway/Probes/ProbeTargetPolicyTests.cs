using Slipway.Gateway.Probes;
using Slipway.Gateway.Traffic;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Probes;

public class ProbeTargetPolicyTests
{
    [TestCase(TrafficPhase.Preparing, ExpectedResult = true)]
    [TestCase(TrafficPhase.Progressing, ExpectedResult = true)]
    [TestCase(TrafficPhase.Baking, ExpectedResult = true)]
    [TestCase(TrafficPhase.Idle, ExpectedResult = false)]
    [TestCase(TrafficPhase.Promoted, ExpectedResult = false)]
    [TestCase(TrafficPhase.RolledBack, ExpectedResult = false)]
    [TestCase(TrafficPhase.Halted, ExpectedResult = false)]
    [TestCase(TrafficPhase.Unknown, ExpectedResult = false)]
    public bool PreparesProbesWhileARolloutRuns(TrafficPhase phase) =>
        ProbeTargetPolicy.Prepared(SampleRollouts.State("me", SampleRollouts.Rollout(), phase), "me") is not null;

    [Test]
    public void PreparesNoneForAnotherHolderOrAPlanWithoutThem()
    {
        Assert.That(ProbeTargetPolicy.Prepared(SampleRollouts.State("you", SampleRollouts.Rollout()), "me"), Is.Null);
        Assert.That(ProbeTargetPolicy.Prepared(SampleRollouts.State(null, SampleRollouts.Rollout()), "me"), Is.Null);
        Assert.That(ProbeTargetPolicy.Prepared(SampleRollouts.State("me", SampleRollouts.Rollout(probes: false)), "me"), Is.Null);
        Assert.That(ProbeTargetPolicy.Prepared(SampleRollouts.State("me", null), "me"), Is.Null);
        Assert.That(ProbeTargetPolicy.Prepared(null, "me"), Is.Null);
    }

    [TestCase(TrafficPhase.Preparing, ExpectedResult = false)]
    [TestCase(TrafficPhase.Progressing, ExpectedResult = true)]
    [TestCase(TrafficPhase.Baking, ExpectedResult = true)]
    public bool SendsNoneWhileTheCandidatePrepares(TrafficPhase phase) => ProbeTargetPolicy.IsDue(phase);

    [Test]
    public void ProbesEveryModelThatBothColorsServe()
    {
        var targets = Targets(null,
            Server("b1", Color.Blue, "r1", ("pumps", 3), ("valves", 1)),
            Server("b2", Color.Blue, "r1", ("pumps", 3)),
            Server("g1", Color.Green, "r2", ("pumps", 3), ("fans", 1)));
        Assert.That(targets, Is.EqualTo(new[] { "Blue pumps 3 b1 b2", "Green pumps 3 g1" }));
    }

    [Test]
    public void ProbesEachVersionThatAColorServes() =>
        Assert.That(
            Targets(null, Server("b1", Color.Blue, "r1", ("pumps", 3)), Server("b2", Color.Blue, "r1", ("pumps", 4)), Server("g1", Color.Green, "r2", ("pumps", 4))),
            Is.EqualTo(new[] { "Blue pumps 3 b1", "Blue pumps 4 b2", "Green pumps 4 g1" }));

    [Test]
    public void ProbesOnlyTheCandidatesServersOfTheRelease() =>
        Assert.That(
            Targets("r2", Server("b1", Color.Blue, "r1", ("pumps", 3)), Server("g1", Color.Green, "r1", ("pumps", 3)), Server("g2", Color.Green, "r2", ("pumps", 3))),
            Is.EqualTo(new[] { "Blue pumps 3 b1", "Green pumps 3 g2" }));

    [Test]
    public void ProbesOfAModelRolloutTheVersionThatIsRolledOut()
    {
        var rollout = SampleRollouts.Rollout(model: "pumps", version: 4, digest: "onnx-4");
        var stable = Server("b1", Color.Blue, "r1", ("pumps", 3), ("valves", 1));
        Assert.That(Words(ProbeTargetPolicy.Targets(rollout, null, [stable, Server("g1", Color.Green, "r1", ("pumps", 4), ("valves", 1))])),
            Is.EqualTo(new[] { "Blue pumps 3 b1", "Green pumps 4 g1" }));
        Assert.That(Words(ProbeTargetPolicy.Targets(rollout, null, [stable, Server("g1", Color.Green, "r1", ("pumps", 3))])), Is.Empty, "the candidate serves another one");
        Assert.That(Words(ProbeTargetPolicy.Targets(rollout with { Plan = rollout.Plan with { Digest = "other" } }, null, [stable, Server("g1", Color.Green, "r1", ("pumps", 4))])),
            Is.Empty, "the candidate serves another file");
    }

    [Test]
    public void ProbesNothingThatOneColorAloneServes() =>
        Assert.That(Targets(null, Server("g1", Color.Green, "r2", ("pumps", 3)), Server("b1", Color.Blue, "r1", ("pumps", null))), Is.Empty);

    [Test]
    public void ProbesAndCountsAModelThatTheNextRequestLoads()
    {
        var rollout = SampleRollouts.Rollout(model: "pumps", version: 4, digest: "onnx-4");
        var stable = Server("b1", Color.Blue, "r1", ("pumps", 3));
        var candidate = Server("g1", Color.Green, "r1", ("pumps", 4));
        candidate = candidate with { Models = [candidate.Models[0] with { State = ServedModelState.Available, Resident = false }] };

        Assert.That(Words(ProbeTargetPolicy.Targets(rollout, null, [stable, candidate])), Is.EqualTo(new[] { "Blue pumps 3 b1", "Green pumps 4 g1" }));
        Assert.That(new ColorCondition(Color.Green, ["r1"], 1, [candidate.Models]).AsCandidate(rollout.Plan, null).Healthy, Is.EqualTo(1));
    }

    private static string[] Targets(string? release, params ReplicaHeartbeat[] healthy) => Words(ProbeTargetPolicy.Targets(SampleRollouts.Rollout(), release, healthy));

    private static string[] Words(IEnumerable<ProbeTarget> targets) =>
        [.. targets.OrderBy(target => target.Color).Select(target => $"{target.Color} {target.Model} {target.Version} {string.Join(' ', target.Servers.Select(server => server.Replica))}")];

    private static ReplicaHeartbeat Server(string replica, Color color, string release, params (string Model, int? Version)[] models) => new(
        replica, color, "http://127.0.0.1:1", release, 1, true, false,
        [.. models.Select(model => new ServedModel(model.Model, model.Version, model.Version is null ? null : $"onnx-{model.Version}", model.Version, ServedModelState.Serving, null, []))],
        default);
}
