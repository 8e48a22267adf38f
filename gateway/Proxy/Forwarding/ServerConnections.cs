using System.Text;
using Yarp.ReverseProxy.Forwarder;

namespace Slipway.Gateway.Forwarding;

/// <summary>How the gateway speaks to servers: plain HTTP/1.1 over many connections that are kept.</summary>
public sealed class ServerConnections(ILogger<ForwarderHttpClientFactory> logger) : ForwarderHttpClientFactory(logger)
{
    /// <summary>Of an answer, in kB: beyond it, the next hop or the caller's own client would refuse it.</summary>
    public const int MaxHeaderKilobytes = 64;

    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.MaxResponseHeadersLength = MaxHeaderKilobytes;
        // any byte, in both directions; see Listeners for the callers' side
        handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1;
        handler.ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1;
        handler.ConnectTimeout = TimeSpan.FromSeconds(2); // servers are near; a longer wait is a server that is gone
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60); // below Kestrel's 130 s, so that this side closes first
        handler.PooledConnectionLifetime = Timeout.InfiniteTimeSpan; // addresses are IPs: there is no name whose answer could change
        // the caller's traceparent passes through as a plain header; nothing is made anew for each request
        handler.ActivityHeadersPropagator = null;
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        new BufferedSending(handler);

    /// <summary>
    /// Puts a buffered body in the place of the forwarder's streaming one. The forwarder itself refuses another content, and a
    /// streaming one flushes the headers first: a second packet for each request, and a second read for the server.
    /// </summary>
    private sealed class BufferedSending(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Options.TryGetValue(BufferedContent.Key, out var buffer) && request.Content is { } streaming)
            {
                request.Content = new BufferedContent(buffer);
                request.Headers.ExpectContinue = null; // the body is here already: there is nothing to wait for
                foreach (var (name, values) in streaming.Headers.NonValidated)
                    request.Content.Headers.TryAddWithoutValidation(name, values);
            }
            return base.SendAsync(request, cancellationToken);
        }
    }
}
