using System.Net;
using Slipway.Gateway.Options;
using Slipway.Gateway.Replicas;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Yarp.ReverseProxy.Model;

namespace Slipway.Gateway.Tests.Replicas;

public class ReplicaPolicyTests
{
    private static readonly IReadOnlyList<IPNetwork> Allowed = new GatewayOptions { Store = "" }.AllowedAddresses;

    private static ReplicaHeartbeat Heartbeat(string name, bool ready = true, bool draining = false) =>
        new(name, Color.Blue, "http://127.0.0.1:1", "r1", 1, ready, draining, [], default);

    private static Replica Replica(string name, DestinationHealth health = DestinationHealth.Unknown)
    {
        var replica = new Replica(Heartbeat(name)) { Destination = new DestinationState(name) };
        replica.Destination.Health.Active = health;
        return replica;
    }

    [TestCase("http://127.0.0.1:41001")]
    [TestCase("http://127.3.2.1:80/")]
    [TestCase("http://[::1]:41001")]
    [TestCase("http://[::ffff:127.0.0.1]:41001")]
    public void TakesAddressesWithinTheRange(string address) => Assert.That(ReplicaAddressPolicy.Refusal(address, Allowed, _ => false), Is.Null);

    [TestCase("http://169.254.169.254")]
    [TestCase("http://10.0.0.1:80")]
    [TestCase("http://[::ffff:10.0.0.1]:80")]
    [TestCase("http://localhost:41001")]
    [TestCase("http://127.0.0.1.evil.example:80")]
    [TestCase("http://user@127.0.0.1:80")]
    [TestCase("http://127.0.0.1:80/admin")]
    [TestCase("http://127.0.0.1:80?x=1")]
    [TestCase("https://127.0.0.1:443")]
    [TestCase("file:///etc/passwd")]
    [TestCase("127.0.0.1:80")]
    [TestCase("")]
    public void RefusesAnyOtherAddress(string address) => Assert.That(ReplicaAddressPolicy.Refusal(address, Allowed, _ => false), Is.Not.Null);

    [Test]
    public void RefusesTheGatewaysOwnAddressInAnySpelling()
    {
        bool IsOwn(IPEndPoint server) => server.Equals(new IPEndPoint(IPAddress.Loopback, 8080));
        Assert.That(ReplicaAddressPolicy.Refusal("http://127.0.0.1:8080", Allowed, IsOwn), Does.Contain("own"));
        Assert.That(ReplicaAddressPolicy.Refusal("http://[::ffff:127.0.0.1]:8080/", Allowed, IsOwn), Does.Contain("own"));
        Assert.That(ReplicaAddressPolicy.Refusal("http://127.0.0.1:8081", Allowed, IsOwn), Is.Null);
    }

    [Test]
    public void OnlyReadyServersThatBeatAndDoNotDrainAreMembers()
    {
        ObservedReplica[] observed =
        [
            new(Heartbeat("good"), true),
            new(Heartbeat("silent"), false),
            new(Heartbeat("starting", ready: false), true),
            new(Heartbeat("leaving", draining: true), true),
        ];
        Assert.That(ReplicaMembershipPolicy.Members(observed, [], _ => true).Select(member => member.Replica), Is.EqualTo(new[] { "good" }));
        Assert.That(ReplicaMembershipPolicy.Members(observed, [], _ => false), Is.Empty);
    }

    [Test]
    public void WhenEverybodyFallsSilentAtOnceThoseWhoStillAnswerStay([Values] bool listingIsEmpty)
    {
        Replica[] current = [Replica("answers", DestinationHealth.Healthy), Replica("dead", DestinationHealth.Unhealthy)];
        ObservedReplica[] observed = listingIsEmpty ? [] : [.. current.Select(replica => new ObservedReplica(replica.Heartbeat, false))];
        Assert.That(ReplicaMembershipPolicy.Members(observed, current, _ => true).Select(member => member.Replica), Is.EqualTo(new[] { "answers" }));
    }

    [Test]
    public void TheServerWithTheFewestRequestsInFlightIsChosen()
    {
        var (busy, free) = (Replica("a", DestinationHealth.Healthy), Replica("b", DestinationHealth.Healthy));
        busy.Enter();
        Assert.That(Enumerable.Range(0, 4).Select(turn => ReplicaChoicePolicy.Choose([busy, free], (uint)turn, null, true)), Has.All.SameAs(free));
    }

    [Test]
    public void EqualsTakeTurns()
    {
        var (a, b) = (Replica("a"), Replica("b"));
        Assert.That(Enumerable.Range(0, 4).Select(turn => ReplicaChoicePolicy.Choose([a, b], (uint)turn, null, true)), Is.EqualTo(new[] { a, b, a, b }));
    }

    [Test]
    public void AHealthyServerComesBeforeAnUnprovenOneAndThatBeforeAnUnhealthyOne()
    {
        var (healthy, unknown, unhealthy) = (Replica("a", DestinationHealth.Healthy), Replica("b"), Replica("c", DestinationHealth.Unhealthy));
        healthy.Enter();
        Assert.That(ReplicaChoicePolicy.Choose([unhealthy, unknown, healthy], 0, null, true), Is.SameAs(healthy));
        Assert.That(ReplicaChoicePolicy.Choose([unhealthy, unknown, healthy], 0, except: healthy, true), Is.SameAs(unknown));
        Assert.That(ReplicaChoicePolicy.Choose([unhealthy], 0, null, panic: true), Is.SameAs(unhealthy));
        Assert.That(ReplicaChoicePolicy.Choose([unhealthy], 0, null, panic: false), Is.Null);
        Assert.That(ReplicaChoicePolicy.Choose([], 0, null, panic: true), Is.Null);
    }

    [TestCase(DestinationHealth.Unknown, true, 0, DestinationHealth.Healthy)]
    [TestCase(DestinationHealth.Unhealthy, true, 0, DestinationHealth.Healthy)]
    [TestCase(DestinationHealth.Healthy, false, 0, DestinationHealth.Unhealthy)]
    [TestCase(DestinationHealth.Healthy, null, 1, DestinationHealth.Healthy)]
    [TestCase(DestinationHealth.Healthy, null, 2, DestinationHealth.Unhealthy)]
    [TestCase(DestinationHealth.Unknown, null, 1, DestinationHealth.Unhealthy)]
    [TestCase(DestinationHealth.Unhealthy, null, 1, DestinationHealth.Unhealthy)]
    public void ProbesBecomeHealth(DestinationHealth before, bool? ready, int silences, DestinationHealth expected) =>
        Assert.That(ReadinessHealthPolicy.Evaluate(before, ready, silences), Is.EqualTo(expected));
}
