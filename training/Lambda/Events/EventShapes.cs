using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slipway.Automation.Lambda.Events;

/// <summary>The envelope of an EventBridge event.</summary>
/// <param name="Resources">Of a scheduled event: the ARN of its rule.</param>
internal sealed record EventEnvelope(
    [property: JsonPropertyName("source")] string? Source,
    [property: JsonPropertyName("detail-type")] string? DetailType,
    [property: JsonPropertyName("detail")] JsonElement Detail,
    [property: JsonPropertyName("resources")] IReadOnlyList<string>? Resources = null);

/// <summary>Detail of <c>Object Created</c>. In EventBridge the key is not URL-encoded, unlike in S3's own notifications.</summary>
internal sealed record ObjectCreatedDetail(
    [property: JsonPropertyName("bucket")] BucketDetail? Bucket,
    [property: JsonPropertyName("object")] ObjectDetail? Object);

internal sealed record BucketDetail([property: JsonPropertyName("name")] string? Name);

/// <param name="Size">Bytes.</param>
internal sealed record ObjectDetail(
    [property: JsonPropertyName("key")] string? Key,
    [property: JsonPropertyName("size")] long? Size,
    [property: JsonPropertyName("version-id")] string? VersionId);

/// <summary>Detail of <c>SageMaker Training Job State Change</c>, as far as it is read.</summary>
internal sealed record TrainingJobDetail(
    string? TrainingJobName, string? TrainingJobStatus, string? SecondaryStatus, string? FailureReason, OutputDetail? OutputDataConfig);

internal sealed record OutputDetail(string? S3OutputPath);

/// <summary>Detail of <c>SageMaker Model Package State Change</c>, as far as it is read.</summary>
internal sealed record ModelPackageDetail(
    string? ModelPackageGroupName, int? ModelPackageVersion, string? ModelPackageArn, string? ModelApprovalStatus);

/// <summary>Detail of a notification of the gateway, as far as it is read: a CloudEvent.</summary>
/// <param name="Subject">The model, where the notification is about one.</param>
internal sealed record TrafficDetail(
    [property: JsonPropertyName("data")] TrafficChangeDetail? Data,
    [property: JsonPropertyName("subject")] string? Subject = null);

/// <param name="Rollout">Null if the change belongs to none.</param>
internal sealed record TrafficChangeDetail(
    [property: JsonPropertyName("gateway")] string? Gateway,
    [property: JsonPropertyName("rollout")] string? Rollout);

[JsonSerializable(typeof(EventEnvelope))]
[JsonSerializable(typeof(ObjectCreatedDetail))]
[JsonSerializable(typeof(TrainingJobDetail))]
[JsonSerializable(typeof(ModelPackageDetail))]
[JsonSerializable(typeof(TrafficDetail))]
internal sealed partial class EventJson : JsonSerializerContext;
