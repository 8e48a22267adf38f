using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slipway.Automation.Aws;
using Slipway.Automation.Datasets;
using Slipway.Automation.Jobs;
using Slipway.Automation.SageMaker;
using Slipway.Registry;

namespace Slipway.Automation.Lambda.Events;

/// <summary>
/// Determines what an event means to one environment. The same bus also carries other events, which are foreign, but not errors.
/// A known kind of event that is incomplete is an error, so that Lambda retries it and the dead-letter queue keeps it. Pure.
/// </summary>
internal static class EventReader
{
    /// <exception cref="MalformedEventException">It is meant for this environment, but cannot be read.</exception>
    public static AutomationEvent Read(ReadOnlyMemory<byte> payload, AwsEnvironmentRecord environment)
    {
        var envelope = Parse(payload);
        return (envelope.Source, envelope.DetailType) switch
        {
            ("aws.s3", "Object Created") => ObjectCreated(Detail(envelope, EventJson.Default.ObjectCreatedDetail), environment),
            ("aws.sagemaker", "SageMaker Training Job State Change") => TrainingJob(Detail(envelope, EventJson.Default.TrainingJobDetail), environment),
            ("aws.sagemaker", "SageMaker Model Package State Change") => ModelPackage(Detail(envelope, EventJson.Default.ModelPackageDetail), environment),
            ("slipway", "slipway.traffic.promoted" or "slipway.traffic.rolled-back" or "slipway.traffic.halted") => Traffic(Detail(envelope, EventJson.Default.TrafficDetail), environment),
            ("slipway", "slipway.model.drift") => Drift(Detail(envelope, EventJson.Default.TrafficDetail), environment),
            ("aws.events", "Scheduled Event") => Scheduled(envelope),
            _ => new ForeignEvent($"An event '{envelope.DetailType}' from {envelope.Source} is not for this function."),
        };
    }

    private static AutomationEvent ObjectCreated(ObjectCreatedDetail detail, AwsEnvironmentRecord environment)
    {
        var bucket = Required(detail.Bucket?.Name, "bucket.name");
        var key = Required(detail.Object?.Key, "object.key");
        if (bucket != environment.Bucket)
            return new ForeignEvent($"'{key}' is in the bucket {bucket}, not in {environment.Bucket}.");
        if (key.EndsWith('/'))
            return new ForeignEvent($"'{key}' is a folder marker.");
        if (key.Split('/') is not ["datasets", var model, _] || !ModelName.IsValid(model))
            return new ForeignEvent($"'{key}' is not a dataset: datasets are at {StoreKeys.Dataset("<model>", "<file>.csv")}.");
        if (!DatasetName.IsDatasetOf(model, key))
            return new ForeignEvent($"'{key}' is not a valid dataset name: the name must end in {DatasetName.Ending} and must not begin with a dot.");
        if (detail.Object!.Size == 0)
            return new ForeignEvent($"'{key}' is empty; it is trained on once it has content.");

        var version = Required(detail.Object.VersionId, "object.version-id (the bucket needs versioning)");
        return new DatasetCreated(new(model, key, version));
    }

    private static AutomationEvent TrainingJob(TrainingJobDetail detail, AwsEnvironmentRecord environment)
    {
        var job = Required(detail.TrainingJobName, "TrainingJobName");
        if (TrainingJobId.ModelOf(job) is null)
            return new ForeignEvent($"Training job '{job}' was not started by this automation.");
        if (detail.OutputDataConfig?.S3OutputPath is { } output && !output.StartsWith($"s3://{environment.Bucket}/", StringComparison.Ordinal))
            return new ForeignEvent($"Training job {job} belongs to another environment: it writes to {output}.");

        return Required(detail.TrainingJobStatus, "TrainingJobStatus") switch
        {
            "InProgress" or "Stopping" => new ForeignEvent($"Training job {job} is running: {detail.SecondaryStatus ?? detail.TrainingJobStatus}."),
            "Completed" => new TrainingJobEnded(job, TrainingEnd.Completed),
            "Failed" => new TrainingJobEnded(job, TrainingEnd.Failed(detail.FailureReason ?? "SageMaker gave no reason; see the job's log.")),
            "Stopped" => new TrainingJobEnded(job, TrainingEnd.Stopped(SageMakerStatus.WhyStopped(detail.SecondaryStatus))),
            var other => throw new MalformedEventException($"Training job {job} is in the unknown state '{other}'. Deploy a newer version of this function."),
        };
    }

    private static AutomationEvent ModelPackage(ModelPackageDetail detail, AwsEnvironmentRecord environment)
    {
        var arn = Required(detail.ModelPackageArn, "ModelPackageArn");
        // A package without a group has none.
        var prefix = environment.Training.ModelPackageGroupPrefix;
        var model = detail.ModelPackageGroupName is { } group && group.StartsWith(prefix, StringComparison.Ordinal) ? group[prefix.Length..] : "";
        if (!ModelName.IsValid(model))
            return new ForeignEvent($"Model package {arn} is in no group of this environment.");

        var status = Required(detail.ModelApprovalStatus, "ModelApprovalStatus");
        return status == "Rejected"
            ? new ModelPackageRejected(new(model, arn))
            : new ForeignEvent($"Model package {arn} is {status}: only a rejection has an effect.");
    }

    private static AutomationEvent Traffic(TrafficDetail detail, AwsEnvironmentRecord environment)
    {
        var gateway = Required(detail.Data?.Gateway, "data.gateway");
        if (gateway != environment.Gateway)
            return new ForeignEvent($"The gateway '{gateway}' is not {environment.Gateway}.");
        return detail.Data!.Rollout is { Length: > 0 } rollout
            ? new RolloutEnded(rollout)
            : new ForeignEvent("Traffic moved without a rollout.");
    }

    private static AutomationEvent Drift(TrafficDetail detail, AwsEnvironmentRecord environment)
    {
        if (Required(detail.Data?.Gateway, "data.gateway") is var gateway && gateway != environment.Gateway)
            return new ForeignEvent($"The gateway '{gateway}' is not {environment.Gateway}.");
        var model = Required(detail.Subject, "subject");
        return ModelName.IsValid(model) ? new DriftFound(model) : throw new MalformedEventException($"'{model}' is not the name of a model.");
    }

    // Each schedule has a rule of its own, by the end of whose name it is known.
    private static AutomationEvent Scheduled(EventEnvelope envelope) =>
        IsOf(envelope, "-retrain-look") ? new RetrainLook()
        : IsOf(envelope, "-labels-look") ? new LabelsDue(Everything: false)
        : IsOf(envelope, "-labels-all") ? new LabelsDue(Everything: true)
        : IsOf(envelope, "-domain-look") ? new DomainsDue()
        : new ScheduledLook();

    private static bool IsOf(EventEnvelope envelope, string rule) => (envelope.Resources ?? []).Any(resource => resource.EndsWith(rule, StringComparison.Ordinal));

    private static EventEnvelope Parse(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload.Span, EventJson.Default.EventEnvelope) is { Source: not null, DetailType: not null } envelope
                ? envelope
                : throw new MalformedEventException("This is not an EventBridge event: it has no source and no detail-type.");
        }
        catch (JsonException e)
        {
            throw new MalformedEventException($"This is not an EventBridge event: {e.Message}");
        }
    }

    private static T Detail<T>(EventEnvelope envelope, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            if (envelope.Detail.ValueKind == JsonValueKind.Object)
                return envelope.Detail.Deserialize(type)!;
        }
        catch (JsonException e)
        {
            throw new MalformedEventException($"The detail of an event '{envelope.DetailType}' cannot be read: {e.Message}");
        }

        throw new MalformedEventException($"An event '{envelope.DetailType}' has no detail.");
    }

    private static string Required(string? value, string member) =>
        value is { Length: > 0 } present ? present : throw new MalformedEventException($"The event has no {member}.");
}
