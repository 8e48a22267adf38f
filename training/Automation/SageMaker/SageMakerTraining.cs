using Amazon.CloudWatchLogs;
using Slipway.Automation.Aws;
using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.SageMaker;

/// <summary>
/// Trains on SageMaker for somebody who waits: the same claim as when a dataset arrives, the same job, and the outcome that the Lambda function
/// writes when the job has ended. Whoever of the two comes first starts the job, and both see the same one.
/// </summary>
public sealed class SageMakerTraining(
    IObjectStore store, SageMakerJobs jobs, IAmazonCloudWatchLogs logs, AwsEnvironmentRecord environment, TimeProvider time) : ITraining
{
    public static readonly TimeSpan OutcomePatience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan OutcomeInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly DatasetArrived _arrived = new(store, time, DatasetArrived.HashAtMostOnAws);
    private readonly SageMakerWait _wait = new(jobs, time);
    private readonly TrainingJobs _records = new(store);

    public async Task<TrainingRun> TrainAsync(
        TrainingRequest request, Action<string> output, CancellationToken cancellation, Action<ClaimedJob>? claimed = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var job = await _arrived.HandleAsync(request, cancellation);
            if (job.Outcome is { } known)
                return new(known, Ran: attempt > 1);

            claimed?.Invoke(job);
            var (end, outcome) = await RunAsync(job, output, cancellation);
            // One that completed and was stopped all the same was compared with a champion that is none any more.
            if (outcome.Result != TrainingResult.Stopped || end.Kind != TrainingEndKind.Completed || attempt == AwsTrainingFinished.MostAttempts)
                return new(outcome, Ran: true);
            output(outcome.Reason);
        }
    }

    private async Task<(TrainingEnd End, TrainingOutcome Outcome)> RunAsync(ClaimedJob job, Action<string> output, CancellationToken cancellation)
    {
        var started = await jobs.StartAsync(job.Lineage, cancellation);
        output(started ? $"Started training job {job.Id} on {environment.Training.InstanceType}." : $"Training job {job.Id} was started before; it is waited for.");
        try
        {
            var end = await _wait.UntilEndAsync(
                job.Id, new(logs, job.Id), TrainingJobRendering.Patience(environment.Training), output, cancellation);
            if (end.Kind != TrainingEndKind.Completed)
                output(end.Reason);
            return (end, await OutcomeAsync(job.Id, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            var fate = started
                ? await StopAsync(job.Id)
                : $"Training job {job.Id} goes on, and is published if it passes: the arrival of its dataset, or somebody else, started it. "
                    + $"To end it: aws sagemaker stop-training-job --training-job-name {job.Id}";
            throw new TrainingInterruptedException(fate, cancellation);
        }
    }

    private async Task<string> StopAsync(string job)
    {
        using var deadline = new CancellationTokenSource(StopPatience, time);
        try
        {
            await jobs.StopAsync(job, deadline.Token);
            return $"Training job {job} is being stopped; Train makes a new attempt.";
        }
        catch (Exception e) when (e is SlipwayException or OperationCanceledException)
        {
            return $"Training job {job} could not be stopped and goes on: {e.Message}";
        }
    }

    private async Task<TrainingOutcome> OutcomeAsync(string job, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            if (await _records.OutcomeAsync(job, cancellation) is { } outcome)
                return outcome;
            if (time.GetElapsedTime(began) >= OutcomePatience)
                throw new NobodyJudgedException(
                    $"Training job {job} has ended, but nobody has judged it for {OutcomePatience.TotalMinutes:0} minutes: '{StoreKeys.TrainingOutcome(job)}' is not in the store. "
                    + $"The log group /aws/lambda/{environment.Automation.TrainingFinished} says why; an event that could not be handled is kept in {environment.Automation.DeadLetters}.");
            await Task.Delay(OutcomeInterval, time, cancellation);
        }
    }
}
