using System.Net.Sockets;

namespace Slipway.Benchmarks.Load;

/// <summary>
/// Handles some of the connections: one system call returns which responses have arrived. A thread for each connection, or awaiting each, would
/// cost a context switch for every response, on the cores that the contestant uses (measured: twice the CPU time per request).
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
