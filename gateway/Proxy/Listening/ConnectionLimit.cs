using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Slipway.Gateway.Options;

namespace Slipway.Gateway.Listening;

/// <summary>
/// Bounds the callers' connections. Those beyond the bound are still answered, so that a caller learns why it is refused and a
/// load balancer's health check gets through; beyond the reserve as well, a connection is closed without a word. The private
/// listener is not counted: operators must get in when callers do not.
/// </summary>
public sealed class ConnectionLimit(GatewayOptions options)
{
    /// <summary>Connections that may be told that there are too many.</summary>
    public const int Reserve = 256;

    private static readonly Beyond Mark = new();
    private int _open;

    public int Open => Volatile.Read(ref _open);

    public static bool IsBeyond(HttpContext context) => context.Features.Get<Beyond>() is not null;

    public void Count(ListenOptions listener) => listener.Use(next => connection => RunAsync(connection, next));

    private async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            var open = Interlocked.Increment(ref _open);
            if (open > options.MaxConnections + Reserve)
            {
                connection.Abort(new("Too many connections."));
                return;
            }
            if (open > options.MaxConnections)
                connection.Features.Set(Mark);
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private sealed class Beyond;
}
