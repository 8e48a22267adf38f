namespace Slipway.Inference.Requests;

public sealed partial class RequestGuard
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Request failed: {Method} {Path}")]
    private partial void LogFailed(string method, string path, Exception exception);
}
