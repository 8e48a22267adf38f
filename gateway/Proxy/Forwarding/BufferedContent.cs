using System.Net;

namespace Slipway.Gateway.Forwarding;

/// <summary>
/// A buffered body on its way to a server; headers and body are sent together. The forwarder's streaming content flushes the headers first: a second packet per
/// request, and a second read for the server.
/// </summary>
public sealed class BufferedContent(RequestBuffer buffer) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        buffer.StartSending();
        try
        {
            await stream.WriteAsync(buffer.Bytes, cancellationToken);
        }
        finally
        {
            buffer.StopSending();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = buffer.Bytes.Length;
        return true;
    }
}
