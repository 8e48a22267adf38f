using Slipway.Registry;

namespace Slipway.Gateway.Notifications;

/// <summary>Brings a change of traffic to one target.</summary>
public interface INotificationSender
{
    /// <summary>Returns when the target has confirmed it.</summary>
    /// <exception cref="NotificationException">It has not; the message does not contain its address.</exception>
    Task SendAsync(TrafficEvent change, CancellationToken cancellation);
}

/// <summary>A target has not confirmed a notification.</summary>
public sealed class NotificationException : SlipwayException
{
    public NotificationException(string message) : base(message) { }
    public NotificationException(string message, Exception inner) : base(message, inner) { }
}
