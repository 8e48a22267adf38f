namespace Slipway.Gateway;

/// <summary>How the gateway speaks to servers: plain HTTP/1.1 over many connections that are kept.</summary>
public static class ServerConnections
{
    public static void Configure(SocketsHttpHandler handler)
    {
        handler.ConnectTimeout = TimeSpan.FromSeconds(2); // servers are near; a longer wait is a server that is gone
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60); // below Kestrel's 130 s, so that this side closes first
        handler.PooledConnectionLifetime = Timeout.InfiniteTimeSpan; // addresses are IPs: there is no name whose answer could change
        // the caller's traceparent passes through as a plain header; nothing is made anew for each request
        handler.ActivityHeadersPropagator = null;
    }
}
