namespace Slipway.Hosting.Telemetry;

/// <summary>What OpenTelemetry exports, each with variables of its own.</summary>
public enum TelemetrySignal
{
    Traces,
    Metrics,
    Logs,
}
