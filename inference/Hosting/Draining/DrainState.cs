using Microsoft.AspNetCore.Http;

namespace Slipway.Hosting.Draining;

/// <summary>Whether this service was asked to stop. While it drains it says that it is not ready, and answers whatever still arrives.</summary>
public sealed class DrainState
{
    private volatile bool _isDraining;

    public bool IsDraining => _isDraining;

    /// <summary>Callers that keep their connection would otherwise learn of the end by losing a request.</summary>
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
