using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slipway.Gateway.Tests.Fixtures;

/// <summary>Sends the same request again and again over one connection, and allocates nothing for it.</summary>
public sealed class ConstantCaller : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 60_000 };
    private readonly byte[] _buffer = new byte[16 << 10];
    private readonly byte[] _request;
    private int _answer;

    public ConstantCaller(Uri proxy, string path)
    {
        _request =
        [
            .. Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {proxy.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n"),
            .. Body,
        ];
        _socket.Connect(IPAddress.Loopback, proxy.Port);
    }

    public static ReadOnlySpan<byte> Body => """{"inputs":[{"name":"x","datatype":"FP32","shape":[1,4],"data":[1,2,3,4]}]}"""u8;

    /// <summary>Sends a request and reads its answer, which has the length of the first.</summary>
    public void Send()
    {
        _socket.Send(_request);
        var read = 0;
        do
            read += Receive(read);
        while (_answer == 0 ? !_buffer.AsSpan(0, read).EndsWith("}]}"u8) : read < _answer);
        _answer = read;
        Assert.That(_buffer.AsSpan(0, read).StartsWith("HTTP/1.1 200"u8), Is.True);
    }

    public void Dispose() => _socket.Dispose();

    private int Receive(int start) => _socket.Receive(_buffer.AsSpan(start)) is > 0 and var read ? read : throw new IOException("The proxy closed the connection.");
}
