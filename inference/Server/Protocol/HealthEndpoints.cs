using System.Text.Json;
using Slipway.Inference.Hosting;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Protocol;

/// <summary>Liveness, readiness, and server metadata. Liveness does not depend on models: restarting a server does not repair one.</summary>
public sealed class HealthEndpoints(ServerReadiness readiness, AdmissionGate gate)
{
    private static readonly string Version = typeof(HealthEndpoints).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public static Task LiveAsync(HttpContext context) =>
        JsonResponse.WriteAsync(context, StatusCodes.Status200OK, json => json.WriteBoolean("live"u8, true));

    public Task ReadyAsync(HttpContext context)
    {
        var (obstacles, gaps) = (readiness.Obstacles(), readiness.Gaps());
        return JsonResponse.WriteAsync(context, StatusOf(obstacles.Count == 0), json =>
        {
            // the protocol's text has 'live' in both responses
            json.WriteBoolean("live"u8, true);
            json.WriteBoolean("ready"u8, obstacles.Count == 0);
            json.WriteNumber("waiting"u8, gate.Waiting);
            WriteSentences(json, "reasons"u8, obstacles);
            WriteSentences(json, "gaps"u8, gaps);
        });
    }

    /// <summary>SageMaker's health check: only the status counts.</summary>
    public Task PingAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusOf(readiness.Ready);
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    public static Task ServerAsync(HttpContext context) => JsonResponse.WriteAsync(context, StatusCodes.Status200OK, json =>
    {
        json.WriteString("name"u8, "slipway"u8);
        json.WriteString("version"u8, Version);
        json.WriteStartArray("extensions"u8);
        json.WriteStringValue(BinaryTensors.Extension);
        json.WriteEndArray();
    });

    private static void WriteSentences(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> sentences)
    {
        if (sentences.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var sentence in sentences)
            json.WriteStringValue(sentence);
        json.WriteEndArray();
    }

    private static int StatusOf(bool ready) => ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
}
