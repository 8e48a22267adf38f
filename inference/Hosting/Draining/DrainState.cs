using Microsoft.AspNetCore.Http;

namespace Slipway.Hosting.Draining;

/// <summary>Whether this service is shutting down. While it drains, it reports that it is not ready, and still serves requests.</summary>
public sealed class DrainState
{
    private volatile bool _isDraining;

    public bool IsDraining => _isDraining;

    /// <summary>Without this, clients with a persistent connection would lose a request when the port closes.</summary>
    public void CloseConnection(HttpContext context)
    {
        if (_isDraining)
            context.Response.OnStarting(static state =>
            {
                ((HttpResponse)state).Headers.Connection = "close";
                return Task.CompletedTask;
            }, context.Response);
    }

    internal void Begin() => _isDraining = true;
}
