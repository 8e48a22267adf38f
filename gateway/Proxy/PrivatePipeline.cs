using Slipway.Gateway.Access;
using Slipway.Gateway.Listening;
using Slipway.Gateway.Options;
using Slipway.Gateway.Page;
using Slipway.Gateway.Status;
using Slipway.Hosting.Draining;
using Slipway.Hosting.Problems;
using Slipway.Registry;

namespace Slipway.Gateway;

/// <summary>What operators can reach, on a separate port. It is read-only: whoever can write to the store can move traffic.</summary>
public static class PrivatePipeline
{
    public static void Build(IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<GatewayOptions>();
        var status = app.ApplicationServices.GetRequiredService<TrafficStatusReport>();
        var page = app.ApplicationServices.GetRequiredService<OperatorPage>();
        var drain = app.ApplicationServices.GetRequiredService<DrainState>();

        app.Use((context, next) =>
        {
            drain.CloseConnection(context);
            return next(context);
        });
        app.Use((context, next) =>
            HostPolicy.IsAllowed(context.Request.Host, options.PrivateUrl, options.AllowedHosts) ? next(context) : HostPolicy.RefuseAsync(context));
        app.UseOpenTelemetryPrometheusScrapingEndpoint("/metrics");
        app.Run(context => context.Request.Path.Value switch
        {
            "/livez" or "/alive" => Results.Json(new Liveness("live", GatewayIdentity.Of(options), options.Release), StatusJson.Default.Liveness).ExecuteAsync(context),
            "/api/status" when HttpMethods.IsGet(context.Request.Method) => Results.Json(status.Now(), RegistryJson.Default.TrafficStatus).ExecuteAsync(context),
            var path when OperatorPage.Serves(path) => page.InvokeAsync(context),
            _ => Problem.WriteAsync(context, 404, "Not found. The operator's page is at /, the status is at /api/status, metrics are at /metrics."),
        });
    }
}
