using Slipway.Automation.Aws;
using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.SageMaker;

/// <summary>The outcome that the Lambda function writes when a job on SageMaker has ended; it is waited for.</summary>
public sealed class LambdaOutcome(IObjectStore store, AwsAutomation automation, TimeProvider time) : ITrainingFinished
{
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly TrainingJobs _jobs = new(store);

    /// <exception cref="VerdictTimeoutException">It did not come in time.</exception>
    public async Task<TrainingOutcome> HandleAsync(string job, TrainingEnd end, string by, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        try
        {
            while (true)
            {
                if (await _jobs.OutcomeAsync(job, cancellation) is { } outcome)
                    return outcome;
                if (time.GetElapsedTime(began) >= Timeout)
                    throw new VerdictTimeoutException(
                        $"Training job {job} has ended, but no gate verdict was recorded within {Timeout.TotalMinutes:0} minutes: '{StoreKeys.TrainingOutcome(job)}' is not in the store. "
                        + $"The log group /aws/lambda/{automation.TrainingFinished} says why; an event that could not be handled is kept in {automation.DeadLetters}.");
                await Task.Delay(Interval, time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new TrainingInterruptedException($"Training job {job} has ended, and is published if it passes its gates.", cancellation);
        }
    }
}
