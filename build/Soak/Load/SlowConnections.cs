using System.Net;
using System.Net.Sockets;
using System.Text;
using Slipway.Soak.Rows;

namespace Slipway.Soak.Load;

/// <summary>
/// Connections whose callers hardly do anything. A gateway may close them. The callers know nothing of each other: their connections come one after the other, 2,000 a second,
/// and their bytes are spread over each second. All at once, they would only show how long it takes to handle so many at once, by the gateway and by this process.
/// </summary>
public sealed class SlowConnections : IAsyncDisposable
{
    private const int PartsOfASecond = 40;
    private const int AtOnce = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1) / PartsOfASecond;

    private readonly List<Socket> _sockets;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _trickling;

    private SlowConnections(List<Socket> sockets, TimeProvider time)
    {
        _sockets = sockets;
        _trickling = TrickleAsync(time);
    }

    /// <summary>How many of them were opened.</summary>
    public int Sent => _sockets.Count;

    /// <summary>A third of them idle, a third in the middle of their headers, a third in the middle of their body.</summary>
    /// <exception cref="RowUnavailableException">This process may not open so many.</exception>
    public static async Task<SlowConnections> OpenAsync(Uri url, string path, int count, TimeProvider time, CancellationToken cancellation)
    {
        var sockets = new List<Socket>(count);
        byte[][] starts =
        [
            [],
            Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {url.Authority}\r\nX-Slow: "),
            Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{{"),
        ];
        try
        {
            for (var number = 0; number < count; number++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                await socket.ConnectAsync(IPAddress.Parse(url.Host), url.Port, cancellation);
                await socket.SendAsync(starts[number % starts.Length], cancellation);
                if ((number + 1) % AtOnce == 0)
                    await Task.Delay(Pause, time, cancellation);
            }
        }
        catch (SocketException e)
        {
            sockets.ForEach(socket => socket.Dispose());
            if (e.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
                throw new RowUnavailableException($"This process may not open {count} connections: {e.Message}. Raise the limit with ulimit -n.");
            throw;
        }

        return new(sockets, time);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _trickling;
        _sockets.ForEach(socket => socket.Dispose());
        _end.Dispose();
    }

    private async Task TrickleAsync(TimeProvider time)
    {
        try
        {
            for (var part = 0; ; part = (part + 1) % PartsOfASecond)
            {
                await Task.Delay(Pause, time, _end.Token);
                for (var number = part; number < _sockets.Count; number += PartsOfASecond)
                    if (number % 3 != 0)
                        Send(_sockets[number]);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static void Send(Socket socket)
    {
        try
        {
            socket.Blocking = false;
            socket.Send("a"u8);
        }
        catch (SocketException)
        {
            // the gateway has closed it
        }
    }
}
