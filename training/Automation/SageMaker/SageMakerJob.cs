using Amazon.SageMaker.Model;
using Slipway.Automation.Jobs;
using Slipway.Registry;

namespace Slipway.Automation.SageMaker;

/// <summary>What SageMaker says of a job.</summary>
/// <param name="End">Null while it is at work.</param>
/// <param name="Steps">What it went through, oldest first.</param>
public sealed record SageMakerJob(string Name, TrainingEnd? End, IReadOnlyList<SageMakerStep> Steps)
{
    internal static SageMakerJob Of(DescribeTrainingJobResponse job) => new(
        job.TrainingJobName,
        job.TrainingJobStatus?.Value switch
        {
            "Completed" => TrainingEnd.Completed,
            "Failed" => TrainingEnd.Failed(job.FailureReason ?? "SageMaker gave no reason; the job's log may."),
            "Stopped" => TrainingEnd.Stopped(SageMakerStatus.WhyStopped(job.SecondaryStatus?.Value)),
            "InProgress" or "Stopping" => null,
            var other => throw new SlipwayException($"Training job {job.TrainingJobName} is in the state '{other}', which this program does not know."),
        },
        [.. (job.SecondaryStatusTransitions ?? []).Select(step => new SageMakerStep(step.Status?.Value ?? "", step.StartTime, step.StatusMessage ?? ""))]);
}

/// <param name="Status">SageMaker's word: Starting, Downloading, Training, Uploading...</param>
/// <param name="At">When it began.</param>
/// <param name="Message">SageMaker's sentence about it.</param>
public sealed record SageMakerStep(string Status, DateTime? At, string Message);
