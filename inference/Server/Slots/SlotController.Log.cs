namespace Slipway.Inference.Slots;

public sealed partial class SlotController
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Model swapped: {Model} serves version {Version}, verified in {Elapsed}")]
    private partial void LogSwapped(string model, int version, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model rejected: {Model} version {Version} is quarantined: {Reason}")]
    private partial void LogRejected(string model, int version, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Model loaded without a valid signature: {Model} version {Version}: {Reason}")]
    private partial void LogNotProven(string model, int version, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Model not loaded for lack of memory: {Model} version {Version}, retrying: {Reason}")]
    private partial void LogShortage(string model, int version, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Catalog behind its channel: {Model} is read at every poll until its next move, or the next Deploy, repairs the catalog")]
    private partial void LogCatalogBehind(string model);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Store unavailable for {Model}, retrying: {Reason}")]
    private partial void LogPostponed(string model, string reason, Exception? exception);
}
