using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Slipway.Gateway.Listening;

/// <summary>Marks connections of the private listener. Unlike a Host header, a request cannot forge the mark.</summary>
public sealed class PrivateConnection
{
    private static readonly PrivateConnection Mark = new();

    public static void MarkAll(ListenOptions listener) => listener.Use(next => connection =>
    {
        connection.Features.Set(Mark);
        return next(connection);
    });

    public static bool Is(HttpContext context) => context.Features.Get<PrivateConnection>() is not null;
}
