using Yarp.ReverseProxy.Configuration;

namespace Slipway.Benchmarks.Endpoints;

/// <summary>YARP as in the first example of its documentation: one route, one cluster, one server.</summary>
public static class PlainProxy
{
    public static WebApplication Build(string url, string server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "server", Match = new() { Path = "{**all}" } }],
            [new ClusterConfig { ClusterId = "server", Destinations = new Dictionary<string, DestinationConfig> { ["server"] = new() { Address = server } } }]);
        var app = builder.Build();
        app.MapReverseProxy();
        return app;
    }
}
