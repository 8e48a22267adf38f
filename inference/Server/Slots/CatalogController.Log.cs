namespace Slipway.Inference;

public sealed partial class CatalogController
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Model found: {Model}")]
    private partial void LogFound(string model);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Models could not be listed, trying again: {Reason}")]
    private partial void LogNotListed(string reason, Exception? exception);
}
