using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Slipway.Gateway.Options;

namespace Slipway.Gateway.Listening;

/// <summary>
/// Limits the callers' connections. Connections beyond the limit still get a response, so that callers learn why they are rejected and
/// health checks of the load balancer succeed; beyond an additional reserve, connections are closed immediately. The private
/// listener is not limited: operators must be able to connect when callers cannot.
/// </summary>
public sealed class ConnectionLimit(GatewayOptions options)
{
    /// <summary>Connections beyond the limit that still get a response.</summary>
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
