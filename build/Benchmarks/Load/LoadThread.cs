using System.Net.Sockets;

namespace Slipway.Benchmarks.Load;

/// <summary>
/// Looks after a share of the connections: one system call tells which answers are there. A thread for each connection, or awaiting each, costs
/// a switch for every answer, on the cores that the contestant runs on (measured: twice the processor time for each request).
/// </summary>
public sealed class LoadThread(IReadOnlyList<LoadConnection> connections)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly List<Socket> _ready = [];
    private readonly Dictionary<Socket, LoadConnection> _bySocket = [];

    public void Run()
    {
        foreach (var connection in connections)
            connection.Send();
        while (connections.Any(connection => !connection.IsDone))
            Turn();
    }

    private void Turn()
    {
        _ready.Clear();
        _bySocket.Clear();
        foreach (var connection in connections)
        {
            if (connection.Socket is null && !connection.IsDone)
                connection.Send();
            if (connection.Socket is { } socket && _bySocket.TryAdd(socket, connection))
                _ready.Add(socket);
        }

        if (_ready.Count == 0)
            return;
        Socket.Select(_ready, null, null, PollInterval);
        foreach (var socket in _ready)
        {
            var connection = _bySocket[socket];
            connection.Take();
            if (!connection.IsDone)
                connection.Send();
        }

        if (_ready.Count == 0)
            foreach (var connection in connections)
                connection.Check();
    }
}
