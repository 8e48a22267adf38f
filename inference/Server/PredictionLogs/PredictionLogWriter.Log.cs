namespace Slipway.Inference.PredictionLogs;

public sealed partial class PredictionLogWriter
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Prediction log could not be written to {Key}, retrying: {Reason}")]
    private partial void LogNotWritten(string key, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Prediction log lost {Records} records at shutdown: they could not be written to the store")]
    private partial void LogLost(int records);

    [LoggerMessage(Level = LogLevel.Error, Message = "Prediction {PredictionId} could not be written to the log, and was skipped")]
    private partial void LogDefective(string predictionId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Records} records of the prediction log could not be encoded, and were lost")]
    private partial void LogNotEncoded(int records, Exception exception);
}
