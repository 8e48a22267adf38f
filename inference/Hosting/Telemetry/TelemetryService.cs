namespace Slipway.Hosting.Telemetry;

/// <summary>How a service appears in telemetry.</summary>
/// <param name="Name">Its <c>service.name</c>, unless <c>OTEL_SERVICE_NAME</c> says otherwise.</param>
/// <param name="Version">Its <c>service.version</c>: the release.</param>
/// <param name="Instance">Its <c>service.instance.id</c>.</param>
/// <param name="Source">The name of its meter and of its activity source.</param>
/// <param name="Color">The color that it serves; null for a gateway, which serves both.</param>
public sealed record TelemetryService(string Name, string Version, string Instance, string Source, string? Color = null);
