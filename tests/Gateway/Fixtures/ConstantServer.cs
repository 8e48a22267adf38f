using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slipway.Gateway.Tests.Fixtures;

/// <summary>A server in place of an inference server that gives every request the same answer, and allocates nothing for it.</summary>
public sealed class ConstantServer : IDisposable
{
    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
        """
        HTTP/1.1 200 OK
        Content-Type: application/json
        Content-Length: 95
        slipway-prediction-id: m.1.blue-0.2026113020.000001.abcdef0123456789
        slipway-model-version: 1
        slipway-release: r1
        slipway-color: blue

        {"model_name":"m","outputs":[{"name":"y","datatype":"FP32","shape":[1,1],"data":[0.12345678]}]}
        """.ReplaceLineEndings("\r\n"));

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ConstantServer()
    {
        _listener.Start();
        Address = $"http://{_listener.LocalEndpoint}";
        new Thread(AcceptAll) { IsBackground = true, Name = "constant server" }.Start();
    }

    public string Address { get; }

    public void Dispose() => _listener.Dispose();

    private void AcceptAll()
    {
        try
        {
            while (true)
            {
                var socket = _listener.AcceptSocket();
                new Thread(() => AnswerAll(socket)) { IsBackground = true, Name = "constant connection" }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // the test is over
        }
    }

    private static void AnswerAll(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            var (buffer, length) = (new byte[16 << 10], 0);
            try
            {
                while (socket.Receive(buffer.AsSpan(length)) is > 0 and var read)
                {
                    length += read;
                    if (!IsComplete(buffer.AsSpan(0, length)))
                        continue;
                    length = 0;
                    socket.Send(Answer);
                }
            }
            catch (SocketException)
            {
                // the gateway has closed it
            }
        }
    }

    /// <summary>A probe ends with its headers, everything else with the body that <see cref="ConstantCaller"/> sends.</summary>
    private static bool IsComplete(ReadOnlySpan<byte> request) =>
        request.StartsWith("GET"u8) ? request.EndsWith("\r\n\r\n"u8) : request.EndsWith(ConstantCaller.Body);
}
