using System.Text;
using Yarp.ReverseProxy.Forwarder;

namespace Slipway.Gateway.Forwarding;

/// <summary>How the gateway connects to servers: plain HTTP/1.1 over many keep-alive connections.</summary>
public sealed class ServerConnections(ILogger<ForwarderHttpClientFactory> logger) : ForwarderHttpClientFactory(logger)
{
    /// <summary>For a response, in kB: the next hop or the caller's own client would reject longer headers.</summary>
    public const int MaxHeaderKilobytes = 64;

    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.MaxResponseHeadersLength = MaxHeaderKilobytes;
        // any byte, in both directions; see Listeners for the callers' side
        handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1;
        handler.ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1;
        handler.ConnectTimeout = TimeSpan.FromSeconds(2); // servers are close; if this takes longer, the server is gone
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60); // below Kestrel's 130 s, so that this side closes first
        handler.PooledConnectionLifetime = Timeout.InfiniteTimeSpan; // addresses are IPs: there is no DNS name that could change
        // traces are continued by TrySpan; without a trace, the caller's traceparent passes through as a plain header
        handler.ActivityHeadersPropagator = null;
    }
}
