using System.Net;

namespace Slipway.Gateway.Forwarding;

/// <summary>A buffered body on its way to a server; headers and body are sent together.</summary>
public sealed class BufferedContent(RequestBuffer buffer) : HttpContent
{
    /// <summary>The key under which a request passes its buffer to <see cref="ServerConnections"/>.</summary>
    public static readonly HttpRequestOptionsKey<RequestBuffer> Key = new("slipway.buffer");

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
