namespace Slipway.Inference;

/// <summary>Every route of the server, in one place. The OpenAPI document has the same, which a test checks.</summary>
public static class InferenceRoutes
{
    public static void Map(WebApplication app)
    {
        var services = app.Services;
        var guard = services.GetRequiredService<RequestGuard>();
        var health = services.GetRequiredService<HealthEndpoints>();
        var models = services.GetRequiredService<ModelEndpoints>();

        app.UseMiddleware<UnmatchedMiddleware>();
        app.MapGet("/v2", guard.Protect(HealthEndpoints.ServerAsync));
        app.MapGet("/v2/health/live", guard.Protect(HealthEndpoints.LiveAsync));
        app.MapGet("/v2/health/ready", guard.Protect(health.ReadyAsync));
        app.MapGet("/ping", guard.Protect(health.PingAsync));
        foreach (var model in new[] { "/v2/models/{model}", "/v2/models/{model}/versions/{version}" })
        {
            app.MapGet(model, guard.Protect(models.MetadataAsync));
            app.MapGet($"{model}/ready", guard.Protect(models.ReadyAsync));
            app.MapPost($"{model}/infer", guard.Protect(services.GetRequiredService<InferEndpoint>().HandleAsync));
        }

        app.MapPost("/v2/models/{model}/feedback", guard.Protect(services.GetRequiredService<FeedbackEndpoint>().HandleAsync));
        app.MapPost("/invocations", guard.Protect(services.GetRequiredService<InvocationsEndpoint>().HandleAsync));
        app.MapGet(OpenApiDocument.Path, guard.Protect(OpenApiDocument.WriteAsync));
        app.MapPrometheusScrapingEndpoint("/metrics");
    }
}
