using Slipway.Build.Environments.Fleets;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;

namespace Slipway.Build.Tests.Environments.Fleets;

public sealed class ServingPolicyTests
{
    [Test]
    public void NothingIsMissingWhenAllAnswerWithTheVersion() =>
        Assert.That(ServingPolicy.Missing([Server("blue-1", 2), Server("green-1", 2)], 2, "pumps", 2), Is.Null);

    [Test]
    public void NamesTheServersThatAreBehindAndWhy()
    {
        var bad = Server("green-1", 1) with { Models = [Served(1) with { Quarantined = [new(2, "digest", "golden answer 3 is wrong", 1)] }] };

        Assert.That(ServingPolicy.Missing([Server("blue-1", 1), bad], 2, "pumps", 2),
            Is.EqualTo("blue-1 is still on version 1; green-1 stays on version 1: golden answer 3 is wrong"));
    }

    [TestCase(1, "is still on version 1")]
    [TestCase(null, "is still on no version at all")]
    public void SaysWhichVersionAServerIsOn(int? version, string expected) => Assert.That(ServingPolicy.Behind(Served(version), 2), Is.EqualTo(expected));

    [Test]
    public void SilentServersAreMissing() =>
        Assert.That(ServingPolicy.Missing([Server("blue-1", 2)], 2, "pumps", 2), Is.EqualTo("1 of 2 servers are sending heartbeats"));

    [Test]
    public void ServersThatDrainAreNotAwaited() =>
        Assert.That(ServingPolicy.Missing([Server("blue-1", 2), Server("blue-0", 1) with { Draining = true }], 1, "pumps", 2), Is.Null);

    [Test]
    public void OnlyServersOfTheReleaseCountAsReady()
    {
        ReplicaHeartbeat[] replicas = [Server("blue-1", 2), Server("blue-2", 2) with { Release = "old" }, Server("green-1", 2) with { Color = Color.Green }];

        Assert.That(ServingPolicy.NotReady(replicas, Color.Blue, "new", 1), Is.Null);
        Assert.That(ServingPolicy.NotReady(replicas, Color.Blue, "new", 2), Is.EqualTo("1 of 2 servers are ready"));
    }

    [Test]
    public void SaysWhatAServerWaitsFor()
    {
        var loading = Server("blue-1", 0) with { Ready = false, Models = [Served(null) with { State = ServedModelState.Failed, Quarantined = [new(3, "digest", "not an ONNX file", 2)] }] };

        Assert.That(ServingPolicy.NotReady([loading], Color.Blue, "new", 1),
            Is.EqualTo("0 of 1 servers are ready: blue-1 has pumps failed, version 3 is quarantined: not an ONNX file"));
    }

    [Test]
    public void AModelThatTheNextRequestLoadsIsServedAndNoProblem()
    {
        var lazy = Server("blue-1", 2) with { Ready = false, Models = [Served(2) with { State = ServedModelState.Available, Resident = false }] };

        Assert.That(ServingPolicy.Missing([lazy], 1, "pumps", 2), Is.Null);
        Assert.That(ServingPolicy.Problems(lazy), Is.Empty);
        Assert.That(ServingPolicy.Missing([lazy], 1, "pumps", 3), Is.EqualTo("blue-1 is still on version 2"));
    }

    private static ServedModel Served(int? version) => new("pumps", version, null, version, ServedModelState.Serving, null, []);

    private static ReplicaHeartbeat Server(string name, int version) =>
        new(name, name.StartsWith('b') ? Color.Blue : Color.Green, "http://10.0.0.1:8080", "new", 1, Ready: true, Draining: false, [Served(version)], DateTimeOffset.UnixEpoch);
}
