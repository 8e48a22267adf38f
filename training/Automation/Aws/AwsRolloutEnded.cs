using Slipway.Automation.Jobs;
using Slipway.Automation.Rollouts;
using Slipway.Automation.SageMaker;
using Slipway.Automation.Traffic;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Aws;

/// <summary>
/// The gateway has ended a rollout, or it is time to look whether it has: completes it, and then takes up the training jobs that waited for its end.
/// Only what is in the store counts, not what an event says: events may be lost, delivered repeatedly and in any order.
/// </summary>
/// <param name="capacity">What was held for the rollout.</param>
/// <param name="finished">What is done with a training job that waited.</param>
public sealed class AwsRolloutEnded(
    IObjectStore store, DesiredTrafficStore traffic, RolloutCompletion completion, AwsRolloutCapacity capacity, AwsTrainingFinished finished, WaitingJobs waiting, TimeProvider time)
{
    /// <summary>A server looks for a new version every few seconds; after this, the next look goes on.</summary>
    private static readonly TimeSpan ServingTimeout = TimeSpan.FromSeconds(90);

    private readonly LiveServers _servers = new(store);
    private readonly TrainingJobs _jobs = new(store);

    /// <exception cref="SlipwayException">Something is not complete yet, or failed; the next look continues.</exception>
    public async Task<EventResponse> HandleAsync(CancellationToken cancellation)
    {
        List<string> done = [];
        if (await CompleteAsync(cancellation) is { } completed)
            done.Add(completed);
        done.AddRange(await TakeUpAsync(cancellation));
        return done.Count > 0 ? EventResponse.Done(string.Join(' ', done)) : EventResponse.Nothing("No rollout of a version has anything left to do, and no training job waits.");
    }

    private async Task<string?> CompleteAsync(CancellationToken cancellation)
    {
        // first: once the rollout is complete, nobody comes back to it
        if (await completion.IsOpenAsync(cancellation))
            await capacity.ReleaseAsync(await traffic.LiveAsync(cancellation), cancellation);
        return await completion.CompleteAsync(
            (model, version, token) => _servers.WaitUntilServingAsync(model, version, ServingTimeout, time, token), cancellation);
    }

    /// <summary>One job that fails keeps no other from its turn.</summary>
    private async Task<IReadOnlyList<string>> TakeUpAsync(CancellationToken cancellation)
    {
        List<string> done = [];
        SlipwayException? failure = null;
        foreach (var job in await waiting.ListAsync(cancellation))
            try
            {
                var answer = await finished.HandleAsync(job.TrainingJob, TrainingEnd.Completed, cancellation);
                if (await _jobs.OutcomeAsync(job.TrainingJob, cancellation) is null)
                    break; // nor is it the turn of those behind it
                await waiting.RemoveAsync(job.TrainingJob, cancellation);
                done.Add(answer.Text);
            }
            catch (SlipwayException e)
            {
                failure ??= e;
            }

        return failure is null ? done : throw failure;
    }
}
