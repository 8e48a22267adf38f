using System.Text.Json.Serialization;
using Amazon.SageMaker.Model;
using AwsJson;

namespace Amazon.SageMaker;

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(EpochSecondsConverter)])]
[JsonSerializable(typeof(CreateModelPackageRequest))]
[JsonSerializable(typeof(CreateModelPackageResponse))]
[JsonSerializable(typeof(CreateModelPackageGroupRequest))]
[JsonSerializable(typeof(CreateModelPackageGroupResponse))]
[JsonSerializable(typeof(CreateTrainingJobRequest))]
[JsonSerializable(typeof(CreateTrainingJobResponse))]
[JsonSerializable(typeof(DescribeModelPackageRequest))]
[JsonSerializable(typeof(DescribeModelPackageResponse))]
[JsonSerializable(typeof(DescribeModelPackageGroupRequest))]
[JsonSerializable(typeof(DescribeModelPackageGroupResponse))]
[JsonSerializable(typeof(DescribeTrainingJobRequest))]
[JsonSerializable(typeof(DescribeTrainingJobResponse))]
[JsonSerializable(typeof(ListModelPackagesRequest))]
[JsonSerializable(typeof(ListModelPackagesResponse))]
[JsonSerializable(typeof(ListTrainingJobsRequest))]
[JsonSerializable(typeof(ListTrainingJobsResponse))]
[JsonSerializable(typeof(StopTrainingJobRequest))]
[JsonSerializable(typeof(StopTrainingJobResponse))]
[JsonSerializable(typeof(UpdateModelPackageRequest))]
[JsonSerializable(typeof(UpdateModelPackageResponse))]
internal sealed partial class SageMakerJson : JsonSerializerContext;
