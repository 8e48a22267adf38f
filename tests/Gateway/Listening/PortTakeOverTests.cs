using System.Net;
using System.Net.Sockets;
using Slipway.Gateway.Listening;

namespace Slipway.Gateway.Tests.Listening;

[Platform("Linux")]
public class PortTakeOverTests
{
    [Test]
    public void EveryNewConnectionGoesToTheNewest()
    {
        using var group = new Group();
        group.Join();
        Assert.That(group.Connect(50), Is.EqualTo(new[] { 50 }));
        for (var round = 0; round < 5; round++)
        {
            group.Join();
            Assert.That(group.Connect(50), Is.EqualTo(new[] { 0, 50 }), $"round {round}: the new listener has all");
            group.LeaveOldest();
            Assert.That(group.Connect(50), Is.EqualTo(new[] { 50 }), $"round {round}: no connection is lost when the older one closes");
        }
    }

    [Test]
    public void WithoutSteeringTheKernelSpreadsConnectionsOverBoth()
    {
        using var group = new Group(steer: false);
        group.Join();
        group.Join();
        Assert.That(group.Connect(200), Has.All.GreaterThan(20));
    }

    [Test]
    public void AConnectionThatWaitsInAListenerIsResetWhenTheListenerCloses()
    {
        using var group = new Group(steer: false);
        group.Join();
        using var client = group.ConnectOne();
        group.Join();
        group.LeaveOldest();
        Assert.That(() => client.Receive(new byte[1]), Throws.InstanceOf<SocketException>());
    }

    [Test]
    public void ListenersAreCounted()
    {
        using var group = new Group();
        group.Join();
        Assert.That(ListeningSockets.Count(group.EndPoint), Is.EqualTo(1));
        group.Join();
        Assert.That(ListeningSockets.Count(group.EndPoint), Is.EqualTo(2));
        group.LeaveOldest();
        Assert.That(ListeningSockets.Count(group.EndPoint), Is.EqualTo(1));
    }

    [Test]
    public void OnlyListenersOnTheSameAddressAreCounted()
    {
        string[] table =
        [
            "  sl  local_address rem_address   st tx_queue rx_queue",
            "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000",
            "   1: 0100007F:1F90 0100007F:A2C4 01 00000000:00000000",
            "   2: 0100007F:1F91 00000000:0000 0A 00000000:00000000",
            "   3: 00000000:1F90 00000000:0000 0A 00000000:00000000",
        ];
        Assert.That(ListeningSockets.Count(table, new(IPAddress.Loopback, 8080)), Is.EqualTo(1));
    }

    /// <summary>Listeners that share a port, oldest first.</summary>
    private sealed class Group(bool steer = true) : IDisposable
    {
        private readonly List<Socket> _listeners = [];

        public IPEndPoint EndPoint { get; private set; } = new(IPAddress.Loopback, 0);

        public void Join()
        {
            _listeners.Add(PortTakeOver.Bind(EndPoint, steer));
            EndPoint = (IPEndPoint)_listeners[0].LocalEndPoint!;
        }

        public void LeaveOldest()
        {
            _listeners[0].Dispose();
            _listeners.RemoveAt(0);
        }

        /// <summary>The number of connections that each listener got.</summary>
        public int[] Connect(int count)
        {
            var accepted = new int[_listeners.Count];
            for (var i = 0; i < count; i++)
            {
                using var client = ConnectOne();
                var ready = _listeners.ToList();
                Socket.Select(ready, null, null, TimeSpan.FromSeconds(5));
                using var server = ready.Single().Accept();
                accepted[_listeners.IndexOf(ready.Single())]++;
            }
            return accepted;
        }

        public Socket ConnectOne()
        {
            var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 5000 };
            client.Connect(EndPoint);
            return client;
        }

        public void Dispose()
        {
            foreach (var listener in _listeners)
                listener.Dispose();
        }
    }
}
