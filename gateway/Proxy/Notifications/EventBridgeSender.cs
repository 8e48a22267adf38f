using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slipway.Gateway.Notifications;

/// <summary>A CloudEvent as the detail of an event on a bus of Amazon EventBridge; its type is the detail type.</summary>
/// <param name="bus">Name or ARN.</param>
public sealed class EventBridgeSender(AwsCaller aws, string bus) : INotificationSender
{
    /// <summary>What rules match; the CloudEvent names the gateway.</summary>
    public const string Source = "slipway";

    public async Task SendAsync(TrafficEvent change, CancellationToken cancellation)
    {
        var entries = new EventBridgeEntries([new(Source, change.Type, Encoding.UTF8.GetString(change.ToBytes()), bus, change.Time.ToUnixTimeSeconds())]);
        var response = await aws.PostAsync(
            "events", bus.StartsWith("arn:", StringComparison.Ordinal) ? AwsCaller.RegionOf(bus) : null, "application/x-amz-json-1.1",
            JsonSerializer.SerializeToUtf8Bytes(entries, EventBridgeJson.Default.EventBridgeEntries), "AWSEvents.PutEvents", cancellation);
        // the service answers 200 even if it took none
        if (Failure(response) is { } failure)
            throw new NotificationException($"did not take the event: {failure}");
    }

    /// <summary>Why the service did not take the event; null if it did.</summary>
    public static string? Failure(string response)
    {
        try
        {
            var result = JsonSerializer.Deserialize(response, EventBridgeJson.Default.EventBridgeResult);
            return result is { FailedEntryCount: 0 } ? null : (result?.Entries is [{ ErrorCode: { } code }, ..] ? code : "its answer does not say why");
        }
        catch (JsonException)
        {
            return "its answer cannot be read";
        }
    }
}

internal sealed record EventBridgeEntries(IReadOnlyList<EventBridgeEntry> Entries);

internal sealed record EventBridgeEntry(string Source, string DetailType, string Detail, string EventBusName, long Time);

internal sealed record EventBridgeResult(int? FailedEntryCount, IReadOnlyList<EventBridgeResultEntry>? Entries);

internal sealed record EventBridgeResultEntry(string? ErrorCode);

[JsonSerializable(typeof(EventBridgeEntries))]
[JsonSerializable(typeof(EventBridgeResult))]
internal sealed partial class EventBridgeJson : JsonSerializerContext;
