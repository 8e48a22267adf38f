namespace Slipway.Gateway.Notifications;

/// <summary>A CloudEvent as the message of a topic of Amazon SNS.</summary>
public sealed class SnsSender(AwsCaller aws, string topic) : INotificationSender
{
    private const string Version = "2010-03-31";

    public async Task SendAsync(TrafficEvent change, CancellationToken cancellation)
    {
        var form = new Dictionary<string, string>
        {
            ["Action"] = "Publish",
            ["Version"] = Version,
            ["TopicArn"] = topic,
            ["Message"] = System.Text.Encoding.UTF8.GetString(change.ToBytes()),
            ["MessageAttributes.entry.1.Name"] = "type",
            ["MessageAttributes.entry.1.Value.DataType"] = "String",
            ["MessageAttributes.entry.1.Value.StringValue"] = change.Type,
        };
        if (topic.EndsWith(".fifo", StringComparison.Ordinal))
            (form["MessageGroupId"], form["MessageDeduplicationId"]) = (change.Data.Gateway, change.Id);
        using var content = new FormUrlEncodedContent(form);
        await aws.PostAsync(
            "sns", AwsCaller.RegionOf(topic), "application/x-www-form-urlencoded; charset=utf-8", await content.ReadAsByteArrayAsync(cancellation), target: null, cancellation);
    }
}
