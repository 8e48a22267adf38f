using Amazon.CloudWatchLogs;
using Slipway.Automation.Aws;
using Slipway.Automation.Jobs;
using Slipway.Registry;

namespace Slipway.Automation.SageMaker;

/// <summary>
/// Runs a claimed job on SageMaker for a person who waits. Whichever is first starts the job: this one, or the function that the arrival of its
/// dataset calls, and both see the same one.
/// </summary>
public sealed class SageMakerTrainingRunner(
    SageMakerJobs jobs, IAmazonCloudWatchLogs logs, AwsTraining training, TimeProvider time) : ITrainingRunner
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    private readonly SageMakerWait _wait = new(jobs, time);

    public async Task<TrainingEnd> RunAsync(ClaimedJob job, Action<string> output, CancellationToken cancellation)
    {
        var started = await jobs.StartAsync(job.Lineage, cancellation);
        output(started ? $"Started training job {job.Id} on {training.InstanceType}." : $"Training job {job.Id} was started before; it is waited for.");
        try
        {
            var end = await _wait.UntilEndAsync(job.Id, new(logs, job.Id), TrainingJobRendering.Timeout(training), output, cancellation);
            if (end.Kind != TrainingEndKind.Completed)
                output(end.Reason);
            return end;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            var fate = started
                ? await StopAsync(job.Id)
                : $"Training job {job.Id} continues, and its version is published if it passes: the arrival of its dataset, or another person, started it. "
                    + $"To end it: aws sagemaker stop-training-job --training-job-name {job.Id}";
            throw new TrainingInterruptedException(fate, cancellation);
        }
    }

    private async Task<string> StopAsync(string job)
    {
        using var deadline = new CancellationTokenSource(StopTimeout, time);
        try
        {
            await jobs.StopAsync(job, deadline.Token);
            return $"Training job {job} is being stopped; Train makes a new attempt.";
        }
        catch (Exception e) when (e is SlipwayException or OperationCanceledException)
        {
            return $"Training job {job} could not be stopped and continues: {e.Message}";
        }
    }
}
