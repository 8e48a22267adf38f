namespace Slipway.Inference.Hosting;

public sealed partial class DrainController
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Draining: not ready from now on, requests are taken for another {Delay}")]
    private partial void LogDraining(TimeSpan delay);
}
