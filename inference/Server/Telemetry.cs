using System.Runtime.CompilerServices;
using Slipway.Registry;

namespace Slipway.Inference;

internal static class Telemetry
{
    /// <summary>Must run before anything else in this process, whoever hosts it.</summary>
    [ModuleInitializer]
    internal static void TurnOff() => OnnxTelemetry.TurnOff();
}
