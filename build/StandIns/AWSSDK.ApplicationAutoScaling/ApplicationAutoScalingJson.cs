using System.Text.Json.Serialization;
using Amazon.ApplicationAutoScaling.Model;
using AwsJson;

namespace Amazon.ApplicationAutoScaling;

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(EpochSecondsConverter)])]
[JsonSerializable(typeof(DeleteScheduledActionRequest))]
[JsonSerializable(typeof(DeleteScheduledActionResponse))]
[JsonSerializable(typeof(DescribeScalableTargetsRequest))]
[JsonSerializable(typeof(DescribeScalableTargetsResponse))]
[JsonSerializable(typeof(DescribeScheduledActionsRequest))]
[JsonSerializable(typeof(DescribeScheduledActionsResponse))]
[JsonSerializable(typeof(PutScheduledActionRequest))]
[JsonSerializable(typeof(PutScheduledActionResponse))]
[JsonSerializable(typeof(RegisterScalableTargetRequest))]
[JsonSerializable(typeof(RegisterScalableTargetResponse))]
internal sealed partial class ApplicationAutoScalingJson : JsonSerializerContext;
