using Slipway.Registry.Lineages;

namespace Slipway.Automation.Jobs;

/// <summary>From a dataset in the store to an outcome, wherever the trainer runs.</summary>
public sealed class TrainingLoop(DatasetArrived arrived, ITrainingRunner runner, ITrainingFinished finished)
{
    /// <summary>Attempts with the same inputs. The limit prevents endless training if the champion keeps changing because of a defect.</summary>
    public const int MaxAttempts = 3;

    /// <summary>
    /// Trains, unless these inputs have been trained before: then it returns the outcome of that. If the platform cannot report whether a job is running,
    /// the caller must ensure that only one training of a model runs at a time: a job without an outcome then counts as crashed and is completed or rerun.
    /// </summary>
    /// <param name="output">Receives each line that the trainer prints, and what happens to the job.</param>
    /// <param name="claimed">Called with every job that is about to run.</param>
    public async Task<TrainingRun> TrainAsync(
        TrainingRequest request, Action<string> output, CancellationToken cancellation, Action<ClaimedJob>? claimed = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var job = await arrived.HandleAsync(request, cancellation);
            if (job.Outcome is { } known)
                return new(known, Ran: attempt > 1);

            claimed?.Invoke(job);
            var end = await runner.RunAsync(job, output, cancellation);
            var outcome = await finished.HandleAsync(job.Id, end, request.By, cancellation);
            if (!HasToCompareAgain(end, outcome) || attempt == MaxAttempts)
                return new(outcome, Ran: true);
            output(outcome.Reason);
        }
    }

    /// <summary>A job that completed but has the outcome "stopped" was compared with a version that is no longer the champion.</summary>
    public static bool HasToCompareAgain(TrainingEnd end, TrainingOutcome outcome) =>
        outcome.Result == TrainingResult.Stopped && end.Kind == TrainingEndKind.Completed;
}

/// <param name="Ran">False if the same inputs had been trained before.</param>
public sealed record TrainingRun(TrainingOutcome Outcome, bool Ran);

/// <summary>Determines the outcome of a job that has ended.</summary>
public interface ITrainingFinished
{
    /// <param name="by">The person or role that requested the training.</param>
    Task<TrainingOutcome> HandleAsync(string job, TrainingEnd end, string by, CancellationToken cancellation);
}
