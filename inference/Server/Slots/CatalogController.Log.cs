namespace Slipway.Inference.Slots;

public sealed partial class CatalogController
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Model found: {Model}")]
    private partial void LogFound(string model);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Catalog could not be read, reading every channel: {Reason}")]
    private partial void LogNotRead(string reason, Exception? exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Models could not be listed, retrying: {Reason}")]
    private partial void LogNotListed(string reason, Exception? exception);
}
