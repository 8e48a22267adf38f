using Slipway.Registry;

namespace Slipway.Gateway;

public sealed partial class TrafficController
{
    [LoggerMessage(LogLevel.Information, "Traffic changed: {Phase} live={Live} blue={Blue} green={Green} ({Reason})")]
    private partial void TrafficChanged(TrafficPhase phase, string live, int blue, int green, string reason);

    [LoggerMessage(LogLevel.Error, "Traffic state unreadable or unwritable; the last split stays")]
    private partial void TrafficUnreadable(Exception exception);

    [LoggerMessage(LogLevel.Information, "Lease released by {Holder}")]
    private partial void LeaseReleased(string holder);

    [LoggerMessage(LogLevel.Warning, "Lease not released; it expires by itself")]
    private partial void LeaseNotReleased(Exception exception);
}
