using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slipway.Automation.Aws;
using Slipway.Automation.Datasets;
using Slipway.Automation.Jobs;
using Slipway.Automation.SageMaker;
using Slipway.Registry;

namespace Slipway.Automation.Lambda.Events;

/// <summary>
/// Tells what an event means to one environment. Events of others pass through the same bus: those are foreign, which is no error.
/// What is of our kind but incomplete is one, so that Lambda retries it and the dead-letter queue keeps it. Pure.
/// </summary>
internal static class EventReader
{
    /// <exception cref="MalformedEventException">It is meant for us, and can not be read.</exception>
    public static AutomationEvent Read(ReadOnlyMemory<byte> payload, AwsEnvironmentRecord environment)
    {
        var envelope = Parse(payload);
        return (envelope.Source, envelope.DetailType) switch
        {
            ("aws.s3", "Object Created") => ObjectCreated(Detail(envelope, EventJson.Default.ObjectCreatedDetail), environment),
            ("aws.sagemaker", "SageMaker Training Job State Change") => TrainingJob(Detail(envelope, EventJson.Default.TrainingJobDetail), environment),
            ("aws.sagemaker", "SageMaker Model Package State Change") => ModelPackage(Detail(envelope, EventJson.Default.ModelPackageDetail), environment),
            _ => new ForeignEvent($"An event '{envelope.DetailType}' of {envelope.Source} is not for this function."),
        };
    }

    private static AutomationEvent ObjectCreated(ObjectCreatedDetail detail, AwsEnvironmentRecord environment)
    {
        var bucket = Required(detail.Bucket?.Name, "bucket.name");
        var key = Required(detail.Object?.Key, "object.key");
        if (bucket != environment.Bucket)
            return new ForeignEvent($"'{key}' is in the bucket {bucket}, not in {environment.Bucket}.");
        if (key.EndsWith('/'))
            return new ForeignEvent($"'{key}' only marks a folder.");
        if (key.Split('/') is not ["datasets", var model, _] || !ModelName.IsValid(model))
            return new ForeignEvent($"'{key}' is no dataset: those are at {StoreKeys.Dataset("<model>", "<file>.csv")}.");
        if (!DatasetName.IsDatasetOf(model, key))
            return new ForeignEvent($"'{key}' is not named like a dataset: the name has to end in {DatasetName.Ending} and not begin with a dot.");
        if (detail.Object!.Size == 0)
            return new ForeignEvent($"'{key}' is empty; it is trained on when something is in it.");

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
            "InProgress" or "Stopping" => new ForeignEvent($"Training job {job} is at work: {detail.SecondaryStatus ?? detail.TrainingJobStatus}."),
            "Completed" => new TrainingJobEnded(job, TrainingEnd.Completed),
            "Failed" => new TrainingJobEnded(job, TrainingEnd.Failed(detail.FailureReason ?? "SageMaker gave no reason; the job's log may.")),
            "Stopped" => new TrainingJobEnded(job, TrainingEnd.Stopped(SageMakerStatus.WhyStopped(detail.SecondaryStatus))),
            var other => throw new MalformedEventException($"Training job {job} is in the state '{other}', which this program does not know. Deploy a newer one."),
        };
    }

    private static AutomationEvent ModelPackage(ModelPackageDetail detail, AwsEnvironmentRecord environment)
    {
        var arn = Required(detail.ModelPackageArn, "ModelPackageArn");
        // A package outside of any group has none.
        var prefix = environment.Training.ModelPackageGroupPrefix;
        var model = detail.ModelPackageGroupName is { } group && group.StartsWith(prefix, StringComparison.Ordinal) ? group[prefix.Length..] : "";
        if (!ModelName.IsValid(model))
            return new ForeignEvent($"Model package {arn} is in no group of this environment.");

        var status = Required(detail.ModelApprovalStatus, "ModelApprovalStatus");
        return status == "Rejected"
            ? new ModelPackageRejected(new(model, arn))
            : new ForeignEvent($"Model package {arn} is {status}: only a rejection moves anything.");
    }

    private static EventEnvelope Parse(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload.Span, EventJson.Default.EventEnvelope) is { Source: not null, DetailType: not null } envelope
                ? envelope
                : throw new MalformedEventException("This is no event of EventBridge: it has no source and no detail-type.");
        }
        catch (JsonException e)
        {
            throw new MalformedEventException($"This is no event of EventBridge: {e.Message}");
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
            throw new MalformedEventException($"The detail of an event '{envelope.DetailType}' is not readable: {e.Message}");
        }

        throw new MalformedEventException($"An event '{envelope.DetailType}' has no detail.");
    }

    private static string Required(string? value, string member) =>
        value is { Length: > 0 } present ? present : throw new MalformedEventException($"The event has no {member}.");
}
