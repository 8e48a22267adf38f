using System.Net;
using System.Net.Sockets;
using Slipway.Build.Environments.Fleets;
using Slipway.Registry;

namespace Slipway.Build.Tests.Environments.Fleets;

public sealed class PortsTests
{
    private TcpListener _other = null!;

    [SetUp]
    public void SetUp()
    {
        _other = new(IPAddress.Loopback, 0);
        _other.Start();
    }

    [TearDown]
    public void TearDown() => _other.Dispose();

    private int Taken => ((IPEndPoint)_other.LocalEndpoint).Port;

    [Test]
    public void PortThatAPersonAskedForIsThatOneOrAnError() =>
        Assert.That(() => Ports.Required(Taken), Throws.TypeOf<SlipwayException>().With.Message.Contains($"Port {Taken} ").And.Message.Contains("--port="));

    [Test]
    public void ZeroIsAnyFreePort() => Assert.That(Ports.Required(0), Is.Positive.And.Not.EqualTo(Taken));

    [Test]
    public void AFreePortIsNoneThatAnOutgoingConnectionMayGet() => Assert.That(Ports.Free(), Is.InRange(Ports.Lowest, Ports.Highest));

    [Test]
    public void RememberedPortIsGivenUpWhenOthersHoldIt() => Assert.That(Ports.Preferred(last: Taken, setting: Taken), Is.Not.EqualTo(Taken));

    [Test]
    public void RememberedPortComesBeforeTheSetting()
    {
        var free = Ports.Required(0);
        Assert.That(Ports.Preferred(last: free, setting: Taken), Is.EqualTo(free));
    }
}
