namespace Slipway.Inference.PredictionLogs;

public sealed partial class RetentionController
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Objects} objects of the prediction log, which is kept for {Days} days")]
    private partial void LogDeleted(int objects, int days);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old days of the prediction log could not be deleted, retrying in an hour: {Reason}")]
    private partial void LogNotDeleted(string reason);
}
