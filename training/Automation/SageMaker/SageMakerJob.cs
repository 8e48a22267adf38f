using Amazon.SageMaker.Model;
using Slipway.Automation.Jobs;
using Slipway.Registry;

namespace Slipway.Automation.SageMaker;

/// <summary>The state of a job in SageMaker.</summary>
/// <param name="End">Null while it is running.</param>
/// <param name="Steps">The steps that it went through, oldest first.</param>
/// <param name="Billed">What SageMaker bills; null until it says so.</param>
public sealed record SageMakerJob(string Name, TrainingEnd? End, IReadOnlyList<SageMakerStep> Steps, BilledTime? Billed = null)
{
    internal static SageMakerJob Of(DescribeTrainingJobResponse job) => new(
        job.TrainingJobName,
        job.TrainingJobStatus?.Value switch
        {
            "Completed" => TrainingEnd.Completed,
            "Failed" => TrainingEnd.Failed(job.FailureReason ?? "SageMaker gave no reason; see the job's log."),
            "Stopped" => TrainingEnd.Stopped(SageMakerStatus.WhyStopped(job.SecondaryStatus?.Value)),
            "InProgress" or "Stopping" => null,
            var other => throw new SlipwayException($"Training job {job.TrainingJobName} is in the unknown state '{other}'."),
        },
        [.. (job.SecondaryStatusTransitions ?? []).Select(step => new SageMakerStep(step.Status?.Value ?? "", step.StartTime, step.StatusMessage ?? ""))],
        job is { BillableTimeInSeconds: { } seconds, ResourceConfig: { InstanceType: { } type } machines } ? new(type.Value, machines.InstanceCount ?? 1, seconds) : null);
}

/// <param name="Status">SageMaker's term: Starting, Downloading, Training, Uploading...</param>
/// <param name="At">When it began.</param>
/// <param name="Message">SageMaker's sentence about it.</param>
public sealed record SageMakerStep(string Status, DateTime? At, string Message);

/// <param name="InstanceType">Such as ml.m5.large.</param>
/// <param name="Instances">The number of machines.</param>
/// <param name="Seconds">Of each of them; for spot capacity, what is left after its discount.</param>
public sealed record BilledTime(string InstanceType, int Instances, int Seconds);
