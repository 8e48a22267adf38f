using Microsoft.AspNetCore.Http;

namespace Slipway.Hosting.Telemetry;

/// <summary>Which requests are traced: those of callers. Health checks and scrapes come every second and say nothing.</summary>
public static class TracedPaths
{
    private static readonly PathString[] Untraced = ["/v2/health", "/ping", "/health", "/healthz", "/livez", "/alive", "/metrics", "/api"];

    public static bool Contain(PathString path)
    {
        foreach (var untraced in Untraced)
            if (path.StartsWithSegments(untraced, StringComparison.Ordinal))
                return false;
        return true;
    }
}
