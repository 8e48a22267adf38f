using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Slipway.Hosting.Telemetry.CloudWatch;

namespace Slipway.Hosting.Telemetry;

/// <summary>
/// Metrics, traces and logs of a service. Metrics are always there for Prometheus. With an OTLP endpoint, all three are exported in batches from bounded queues:
/// a collector that is slow or away costs what does not fit, and never a request.
/// </summary>
public static class ServiceTelemetry
{
    private const string RuntimeMeter = "System.Runtime";

    // by convention: http.server.request.duration, http.server.active_requests, kestrel.*
    private static readonly string[] WebMeters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    public static void AddTo(WebApplicationBuilder builder, TelemetrySettings settings, TelemetryService service)
    {
        builder.Configuration.AddInMemoryCollection(settings.Variables);
        var telemetry = builder.Services.AddMetrics().AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, service))
            .WithMetrics(metrics => AddMetrics(metrics, settings, service));
        if (settings.Exports(TelemetrySignal.Traces))
            telemetry.WithTracing(traces => AddTraces(traces, settings, service));
        if (settings.Exports(TelemetrySignal.Logs))
            AddLogs(builder.Logging, settings, service);
        if (service.CloudWatch is { } target)
            builder.Services.AddSingleton(provider => new CloudWatchExport(target, service, provider.GetRequiredService<TimeProvider>()))
                .AddHostedService(provider => provider.GetRequiredService<CloudWatchExport>());
        if (settings.ExportsAny)
            builder.Services.AddHostedService<LastExport>();
    }

    private static void AddMetrics(MeterProviderBuilder metrics, TelemetrySettings settings, TelemetryService service)
    {
        metrics.AddMeter(service.Source, RuntimeMeter).AddPrometheusExporter();
        if (settings.Exports(TelemetrySignal.Metrics))
            metrics.AddMeter(WebMeters).AddOtlpExporter(otlp => Configure(otlp, settings, TelemetrySignal.Metrics));
    }

    private static void AddTraces(TracerProviderBuilder traces, TelemetrySettings settings, TelemetryService service) => traces
        .AddAspNetCoreInstrumentation(requests =>
        {
            requests.Filter = context => TracedPaths.Contain(context.Request.Path);
            if (service.Route is { } route)
                requests.EnrichWithHttpRequest = (span, request) => Name(span, request, route(request.Path));
        })
        .AddSource(service.Source)
        .AddOtlpExporter(otlp => Configure(otlp, settings, TelemetrySignal.Traces));

    // as ASP.NET Core's routing does it
    private static void Name(Activity span, HttpRequest request, string? route)
    {
        if (route is null)
            return;
        span.DisplayName = $"{(HttpMethods.IsPost(request.Method) || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? request.Method : "HTTP")} {route}";
        span.SetTag("http.route", route);
    }

    private static void AddLogs(ILoggingBuilder logging, TelemetrySettings settings, TelemetryService service) => logging.AddOpenTelemetry(logs =>
    {
        logs.IncludeFormattedMessage = true;
        logs.SetResourceBuilder(Describe(ResourceBuilder.CreateDefault(), service));
        logs.AddOtlpExporter(otlp => Configure(otlp, settings, TelemetrySignal.Logs));
    });

    // the variables come last, so that they win
    private static ResourceBuilder Describe(ResourceBuilder resource, TelemetryService service)
    {
        resource.AddService(service.Name, serviceVersion: service.Version, serviceInstanceId: service.Instance);
        if (service.Color is { } color)
            resource.AddAttributes([new("slipway.color", color)]);
        return resource.AddEnvironmentVariableDetector();
    }

    /// <summary>The library reads what holds for all signals; this is what holds for one alone.</summary>
    private static void Configure(OtlpExporterOptions otlp, TelemetrySettings settings, TelemetrySignal signal)
    {
        if (settings.Of(signal, "PROTOCOL") is { } protocol)
            otlp.Protocol = protocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        if (settings.Of(signal, "ENDPOINT") is { } endpoint)
            otlp.Endpoint = new(endpoint);
        if (settings.Of(signal, "HEADERS") is { } headers)
            otlp.Headers = headers;
        if (settings.Of(signal, "TIMEOUT") is { } text && int.TryParse(text, out var timeout))
            otlp.TimeoutMilliseconds = timeout;
    }
}
