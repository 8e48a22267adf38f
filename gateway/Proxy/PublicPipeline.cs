using Microsoft.AspNetCore.Http.Features;
using Slipway.Gateway.Access;
using Slipway.Gateway.Forwarding;
using Slipway.Gateway.Listening;
using Slipway.Gateway.Options;
using Slipway.Gateway.Page.Live;
using Slipway.Gateway.Replicas;
using Slipway.Gateway.Status;
using Slipway.Gateway.Traffic;
using Slipway.Hosting.Draining;
using Slipway.Hosting.Problems;
using Slipway.Registry.Channels;

namespace Slipway.Gateway;

/// <summary>What callers can reach: health, and what is forwarded to the servers.</summary>
public static partial class PublicPipeline
{
    private static readonly PathString[] Proxied = ["/v2", "/invocations", "/ping", "/openapi"];

    public static void Build(IApplicationBuilder app)
    {
        var services = app.ApplicationServices;
        var options = services.GetRequiredService<GatewayOptions>();
        var drain = services.GetRequiredService<DrainState>();
        var fleet = services.GetRequiredService<Fleet>();
        var split = services.GetRequiredService<TrafficSplitMiddleware>();
        var memory = services.GetRequiredService<MemoryBudget>();
        var admission = services.GetRequiredService<AdmissionLimit>();
        var metrics = services.GetRequiredService<GatewayMetrics>();
        var hosts = new AcceptedHost(options.Url, options.AllowedHosts);
        var logger = services.GetRequiredService<ILogger<TrafficSplitMiddleware>>();

        app.Use((context, next) => GuardAsync(context, next, drain, logger));
        app.Use((context, next) => context.Request.Path.Value switch
        {
            "/livez" or "/alive" => Results.Json(new Liveness("live", GatewayIdentity.Of(options), options.Release), StatusJson.Default.Liveness).ExecuteAsync(context),
            "/healthz" or "/health" => HealthAsync(context, fleet, drain, memory, admission),
            _ => next(context),
        });
        app.Use((context, next) =>
        {
            if (!ConnectionLimit.IsBeyond(context))
                return hosts.IsAllowed(context.Request.Host) ? next(context) : HostPolicy.RefuseAsync(context);
            metrics.Full("connections");
            return ForwardingProblems.FullAsync(context, "as many connections as it may");
        });
        if (options.TrustedProxies.Count > 0)
            app.UseForwardedHeaders(ForwardedHeaders.From(options.TrustedProxies));
        app.Use((context, next) => Refuse(context, options) is var (status, error) ? Problem.WriteAsync(context, status, error) : next(context));
        app.UseAccess(options);
        app.Run(new TapMiddleware(services.GetRequiredService<LiveTap>(), services.GetRequiredService<TimeProvider>(), split.InvokeAsync).InvokeAsync);
    }

    private static async Task GuardAsync(HttpContext context, RequestDelegate next, DrainState drain, ILogger logger)
    {
        drain.CloseConnection(context);
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await ForwardingProblems.BadBodyAsync(context, e);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // the caller disconnected, which shows as a failure of whatever was being read or written
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            RequestFailed(logger, context.Request.Method, context.Request.Path, e);
            context.Response.Clear();
            await Problem.WriteAsync(context, 500, "The gateway itself failed; its log says why.");
        }
    }

    /// <summary>
    /// For load balancers: can this gateway serve anything? A gateway that is full reports that and stays in service: what filled it would
    /// fill the next one, and replacing the gateway would lose the requests that it has.
    /// </summary>
    private static Task HealthAsync(HttpContext context, Fleet fleet, DrainState drain, MemoryBudget memory, AdmissionLimit admission)
    {
        if (!drain.IsDraining && Colors.All.Any(fleet.Current.IsHealthy))
        {
            var isFull = memory.IsSpent || admission.IsReached || ConnectionLimit.IsBeyond(context);
            return Results.Json(new Health(isFull ? "full" : "healthy"), StatusJson.Default.Health).ExecuteAsync(context);
        }
        return Problem.WriteAsync(context, 503, drain.IsDraining ? "This gateway is stopping." : "No color has a healthy server; /api/status on the private listener has details.");
    }

    private static (int Status, string Error)? Refuse(HttpContext context, GatewayOptions options)
    {
        var request = context.Request;
        if (!IsProxied(request.Path))
            return (404, "Not found. Predictions are at /v2/models/<model>/infer, the models at /v2/models/<model>.");
        if (!HttpMethods.IsPost(request.Method) && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD, POST";
            return (405, $"The method {ForwardingProblems.Cut(request.Method)} is not used here; use GET or POST.");
        }
        if (request.ContentLength <= options.MaxBodyBytes || request.ContentLength is null)
            return null;
        // lets Kestrel read and discard the rest for a while, so that the caller gets this response and not a reset connection
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        return (413, $"The body has {request.ContentLength} bytes; the limit is {options.MaxBodyBytes}. Send fewer rows per request.");
    }

    private static bool IsProxied(PathString path)
    {
        foreach (var prefix in Proxied)
        {
            if (path.StartsWithSegments(prefix, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    [LoggerMessage(LogLevel.Error, "Request failed in the gateway: {Method} {Path}")]
    private static partial void RequestFailed(ILogger logger, string method, PathString path, Exception exception);
}
