namespace Slipway.Inference.Replicas;

public sealed partial class HeartbeatController
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Heartbeat of {Replica} could not be written, retrying: {Reason}")]
    private partial void LogNotWritten(string replica, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Heartbeat of {Replica} can be written again")]
    private partial void LogWritten(string replica);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Heartbeat of {Replica} could not be removed: {Reason}")]
    private partial void LogNotRemoved(string replica, string reason);
}
