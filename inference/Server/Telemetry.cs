using System.Runtime.CompilerServices;
using Slipway.Registry;

namespace Slipway.Inference;

internal static class Telemetry
{
    /// <summary>Before anything else of this program, whoever hosts it.</summary>
    [ModuleInitializer]
    internal static void TurnOff() => OnnxTelemetry.TurnOff();
}
