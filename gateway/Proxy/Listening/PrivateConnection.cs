using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Slipway.Gateway.Listening;

/// <summary>Marks connections of the private listener. A mark cannot be forged by a request, which a Host header can.</summary>
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
