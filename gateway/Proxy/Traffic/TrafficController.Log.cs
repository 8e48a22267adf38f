using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Traffic;

public sealed partial class TrafficController
{
    [LoggerMessage(LogLevel.Information, "Traffic changed: {Phase} live={Live} blue={Blue} green={Green} ({Reason})")]
    private partial void TrafficChanged(TrafficPhase phase, string live, int blue, int green, string reason);

    [LoggerMessage(LogLevel.Error, "Traffic state unreadable or unwritable; the last split stays: {Problem}")]
    private partial void TrafficUnreadable(string problem);

    [LoggerMessage(LogLevel.Information, "Lease released by {Holder}")]
    private partial void LeaseReleased(string holder);

    [LoggerMessage(LogLevel.Warning, "Lease not released; it expires by itself: {Problem}")]
    private partial void LeaseNotReleased(string problem);
}
