using System.Net;

namespace Slipway.Gateway;

/// <summary>
/// A buffered body on its way to a server. The forwarder's own content flushes the headers first, which costs a second packet in
/// each direction of every request; this one lets the client write headers and body together.
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
