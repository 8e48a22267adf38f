namespace Slipway.Inference.PredictionLogs;

public sealed partial class PredictionLogWriter
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Prediction log could not be written to {Key}, trying again: {Reason}")]
    private partial void LogNotWritten(string key, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Prediction log lost {Records} records at the end: the store did not take them")]
    private partial void LogLost(int records);

    [LoggerMessage(Level = LogLevel.Error, Message = "Prediction {PredictionId} could not be written to the log, and was left out")]
    private partial void LogDefective(string predictionId, Exception exception);
}
