using System.Net;
using System.Net.Sockets;

namespace Slipway.Benchmarks.Load;

/// <summary>Sends requests when they are due, over whichever of its connections is free; what finds none waits, and its latency counts from when it was due.</summary>
public sealed class OpenLoadThread(IReadOnlyList<LoadConnection> connections, ArrivalSchedule schedule, LoadWindow window)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly Queue<LoadConnection> _free = new(connections);
    private readonly Dictionary<Socket, LoadConnection> _waiting = [];
    private readonly List<Socket> _ready = [];

    public void Run()
    {
        // never readable: something to wait on while no request is under way
        using var nothing = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        nothing.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        while (!connections.Any(connection => connection.HasGivenUp) && (schedule.Next is not null || _waiting.Count > 0))
            Turn(nothing);
    }

    private void Turn(Socket nothing)
    {
        while (_free.TryPeek(out var free) && schedule.TryTake(window.Now, out var due))
        {
            free.Send(due);
            // without a socket, it has failed, and is free for the next
            if (free.Socket is { } socket)
                _waiting.Add(socket, _free.Dequeue());
            else if (free.HasGivenUp)
                return;
        }

        _ready.Clear();
        _ready.AddRange(_waiting.Keys);
        _ready.Add(nothing);
        SocketWait.For(_ready, UntilNext());
        foreach (var socket in _ready)
            if (_waiting.Remove(socket, out var connection))
            {
                connection.Take();
                _free.Enqueue(connection);
            }

        if (_ready.Count == 0)
            DropLate();
    }

    private TimeSpan UntilNext()
    {
        if (_free.Count == 0 || schedule.Next is not { } next)
            return PollInterval;
        var left = window.Time.GetElapsedTime(window.Now, next);
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left < PollInterval ? left : PollInterval;
    }

    private void DropLate()
    {
        foreach (var (socket, connection) in _waiting.ToList())
        {
            connection.Check();
            if (connection.Socket is null && _waiting.Remove(socket))
                _free.Enqueue(connection);
        }
    }
}
