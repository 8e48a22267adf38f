using Slipway.Inference.Invocations;
using Slipway.Inference.OpenApi;
using Slipway.Inference.Protocol;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Hosting;

/// <summary>All routes of the server. A test compares them with the OpenAPI document.</summary>
public static class InferenceRoutes
{
    public static void Map(WebApplication app)
    {
        var services = app.Services;
        var guard = services.GetRequiredService<RequestGuard>();
        var health = services.GetRequiredService<HealthEndpoints>();
        var models = services.GetRequiredService<ModelEndpoints>();
        var fault = services.GetRequiredService<FaultInjection>();

        app.UseMiddleware<UnmatchedMiddleware>();
        Get(app, "/v2", guard.Protect(HealthEndpoints.ServerAsync));
        Get(app, "/v2/health/live", guard.Protect(HealthEndpoints.LiveAsync));
        Get(app, "/v2/health/ready", guard.Protect(health.ReadyAsync));
        // what .NET hosts and Aspire ask for
        Get(app, "/alive", guard.Protect(HealthEndpoints.LiveAsync));
        Get(app, "/health", guard.Protect(health.ReadyAsync));
        Get(app, "/ping", guard.Protect(health.PingAsync));
        foreach (var model in new[] { "/v2/models/{model}", "/v2/models/{model}/versions/{version}" })
        {
            Get(app, model, guard.Protect(models.MetadataAsync));
            Get(app, $"{model}/ready", guard.Protect(models.ReadyAsync));
            app.MapPost($"{model}/infer", guard.Protect(fault.Around(services.GetRequiredService<InferEndpoint>().HandleAsync)));
        }

        app.MapPost("/v2/models/{model}/feedback", guard.Protect(services.GetRequiredService<FeedbackEndpoint>().HandleAsync));
        app.MapPost("/invocations", guard.Protect(fault.Around(services.GetRequiredService<InvocationsEndpoint>().HandleAsync)));
        Get(app, OpenApiDocument.Path, guard.Protect(OpenApiDocument.WriteAsync));
        app.MapPrometheusScrapingEndpoint("/metrics");
    }

    // the web server omits the body in a response to HEAD
    private static void Get(WebApplication app, string path, RequestDelegate handler) => app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], handler);
}
