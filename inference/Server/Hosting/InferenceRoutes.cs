namespace Slipway.Inference;

/// <summary>Every route of the server, in one place. The OpenAPI document has the same, which a test checks.</summary>
public static class InferenceRoutes
{
    public static void Map(WebApplication app)
    {
        var services = app.Services;
        var endpoint = services.GetRequiredService<Endpoint>();
        var health = services.GetRequiredService<HealthEndpoints>();
        var models = services.GetRequiredService<ModelEndpoints>();

        app.UseMiddleware<UnmatchedMiddleware>();
        app.MapGet("/v2", endpoint.Guard(HealthEndpoints.ServerAsync));
        app.MapGet("/v2/health/live", endpoint.Guard(HealthEndpoints.LiveAsync));
        app.MapGet("/v2/health/ready", endpoint.Guard(health.ReadyAsync));
        app.MapGet("/ping", endpoint.Guard(health.PingAsync));
        foreach (var model in new[] { "/v2/models/{model}", "/v2/models/{model}/versions/{version}" })
        {
            app.MapGet(model, endpoint.Guard(models.MetadataAsync));
            app.MapGet($"{model}/ready", endpoint.Guard(models.ReadyAsync));
            app.MapPost($"{model}/infer", endpoint.Guard(services.GetRequiredService<InferEndpoint>().HandleAsync));
        }

        app.MapPost("/v2/models/{model}/feedback", endpoint.Guard(services.GetRequiredService<FeedbackEndpoint>().HandleAsync));
        app.MapPost("/invocations", endpoint.Guard(services.GetRequiredService<InvocationsEndpoint>().HandleAsync));
        app.MapGet(OpenApiDocument.Path, endpoint.Guard(OpenApiDocument.WriteAsync));
        app.MapPrometheusScrapingEndpoint("/metrics");
    }
}
