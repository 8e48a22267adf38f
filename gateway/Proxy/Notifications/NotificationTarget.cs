namespace Slipway.Gateway.Notifications;

public enum NotificationKind
{
    /// <summary>A CloudEvent over HTTP, signed.</summary>
    Webhook,

    /// <summary>A text, as Slack and those who understand the same take it.</summary>
    Slack,

    /// <summary>A topic of Amazon SNS.</summary>
    Sns,

    /// <summary>A bus of Amazon EventBridge.</summary>
    EventBridge,
}

/// <summary>Whom the gateway tells of changes of traffic.</summary>
/// <param name="Name">In records, logs and errors. An address may contain a secret, so this is its host and a hash of it.</param>
/// <param name="Address">A URL, an ARN, or the name of a bus.</param>
public sealed record NotificationTarget(NotificationKind Kind, string Name, string Address)
{
    public override string ToString() => Name;
}
