using Microsoft.AspNetCore.Http;
using Slipway.Hosting.Telemetry.CloudWatch;

namespace Slipway.Hosting.Telemetry;

/// <summary>How a service appears in telemetry.</summary>
/// <param name="Name">Its <c>service.name</c>, unless <c>OTEL_SERVICE_NAME</c> says otherwise.</param>
/// <param name="Version">Its <c>service.version</c>: the release.</param>
/// <param name="Instance">Its <c>service.instance.id</c>.</param>
/// <param name="Source">The name of its meter and of its activity source.</param>
/// <param name="Color">The color that it serves; null for a gateway, which serves both.</param>
/// <param name="Route">The template of a request's path, for the name of its span; null where ASP.NET Core's routing knows it.</param>
/// <param name="CloudWatch">Where its figures go; null: nowhere.</param>
public sealed record TelemetryService(
    string Name, string Version, string Instance, string Source, string? Color = null, Func<PathString, string?>? Route = null, CloudWatchTarget? CloudWatch = null);
