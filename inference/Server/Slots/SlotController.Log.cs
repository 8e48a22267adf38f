namespace Slipway.Inference.Slots;

public sealed partial class SlotController
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Model swapped: {Model} answers with version {Version}, proven in {Elapsed}")]
    private partial void LogSwapped(string model, int version, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model rejected: {Model} version {Version} is quarantined: {Reason}")]
    private partial void LogRejected(string model, int version, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Model not proven by a signature, and loaded all the same: {Model} version {Version}: {Reason}")]
    private partial void LogNotProven(string model, int version, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Catalog behind its channel: {Model} is asked for at every poll until the next move of it, or the next Deploy, mends the catalog")]
    private partial void LogCatalogBehind(string model);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Store did not deliver for {Model}, trying again: {Reason}")]
    private partial void LogPostponed(string model, string reason, Exception? exception);
}
