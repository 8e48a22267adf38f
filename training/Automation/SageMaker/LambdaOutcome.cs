using Slipway.Automation.Aws;
using Slipway.Automation.Jobs;
using Slipway.Automation.Rollouts;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.SageMaker;

/// <summary>The outcome that the Lambda function writes when a job on SageMaker has ended; it is waited for.</summary>
/// <param name="gateway">The gateway's name in the store.</param>
public sealed class LambdaOutcome(IObjectStore store, AwsAutomation automation, string gateway, TimeProvider time) : ITrainingFinished
{
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly TrainingJobs _jobs = new(store);
    private readonly WaitingJobs _waiting = new(store, gateway, time);

    /// <exception cref="VerdictTimeoutException">It did not come in time.</exception>
    /// <exception cref="RolloutPostponedException">It comes when another rollout has ended.</exception>
    public async Task<TrainingOutcome> HandleAsync(string job, TrainingEnd end, string by, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        try
        {
            while (true)
            {
                if (await _jobs.OutcomeAsync(job, cancellation) is { } outcome)
                    return outcome;
                if (await _waiting.FindAsync(job, cancellation) is { } waits)
                    throw new RolloutPostponedException($"Training job {job} has completed, and its gates decide when its turn has come; no command needs to wait for that. {waits.Reason}");
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
