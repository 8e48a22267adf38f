using Slipway.Gateway.Options;

namespace Slipway.Gateway.Notifications;

/// <summary>The configured targets, each with its own lane.</summary>
public sealed class NotificationLanes(NotificationHttp http, GatewayOptions options, TimeProvider time, ILogger<NotificationLane> logger)
{
    public IReadOnlyList<NotificationLane> All { get; } =
        [.. options.Notifications.Select(target => new NotificationLane(target.Name, Sender(target, http, options, time), options.Gateway, time, logger))];

    private static INotificationSender Sender(NotificationTarget target, NotificationHttp http, GatewayOptions options, TimeProvider time) => target.Kind switch
    {
        NotificationKind.Webhook => new WebhookSender(
            http, new(target.Address), options.NotificationSecret ?? throw new InvalidOperationException($"There is no secret to sign for {target.Name}."), time),
        NotificationKind.Slack => new SlackSender(http, new(target.Address)),
        NotificationKind.Sns => new SnsSender(Aws(http, time), target.Address),
        NotificationKind.EventBridge => new EventBridgeSender(Aws(http, time), target.Address),
        _ => throw new InvalidOperationException($"There is no sender for {target.Kind}."),
    };

    private static AwsCaller Aws(NotificationHttp http, TimeProvider time) => new(http, time, Environment.GetEnvironmentVariable);
}
