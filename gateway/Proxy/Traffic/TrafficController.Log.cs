using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Traffic;

public sealed partial class TrafficController
{
    [LoggerMessage(LogLevel.Information, "Traffic changed: {Phase} live={Live} blue={Blue} green={Green} ({Reason})")]
    private partial void TrafficChanged(TrafficPhase phase, string live, int blue, int green, string reason);

    [LoggerMessage(LogLevel.Error, "Traffic state cannot be read or written; the last split is kept: {Problem}")]
    private partial void TrafficUnreadable(string problem);

    [LoggerMessage(LogLevel.Information, "Lease taken by {Holder}")]
    private partial void LeaseTaken(string holder);

    [LoggerMessage(LogLevel.Information, "Lease released by {Holder}")]
    private partial void LeaseReleased(string holder);

    [LoggerMessage(LogLevel.Warning, "Lease not released; it will expire: {Problem}")]
    private partial void LeaseNotReleased(string problem);
}
