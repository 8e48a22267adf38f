namespace Slipway.Inference.Slots;

public sealed partial class SlotController
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Model swapped: {Model} serves version {Version}, verified in {Elapsed}, on {Requests} recent requests too")]
    private partial void LogSwapped(string model, int version, TimeSpan elapsed, int requests);

    [LoggerMessage(Level = LogLevel.Information, Message = "Model swapped: {Model} serves version {Version} again, which was still loaded")]
    private partial void LogReturned(string model, int version);

    [LoggerMessage(Level = LogLevel.Information, Message = "Recent requests have fewer columns: {Model} version {Version} was verified on them as if {Columns} were missing, and its predictions were not compared")]
    private partial void LogReplayedInPart(string model, int version, string columns);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model rejected: {Model} version {Version} is quarantined: {Reason}")]
    private partial void LogRejected(string model, int version, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model put back: {Model} version {Version} is quarantined, and version {To} serves again: {Reason}")]
    private partial void LogPutBack(string model, int version, int to, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Model loaded without a valid signature: {Model} version {Version}: {Reason}")]
    private partial void LogNotProven(string model, int version, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Model not loaded for lack of memory: {Model} version {Version}, retrying: {Reason}")]
    private partial void LogShortage(string model, int version, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Catalog behind its channel: {Model} is read at every poll until its next move, or the next Deploy, repairs the catalog")]
    private partial void LogCatalogBehind(string model);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Store unavailable for {Model}, retrying: {Reason}")]
    private partial void LogPostponed(string model, string reason, Exception? exception);
}
