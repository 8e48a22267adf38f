using Slipway.Registry.Lineages;

namespace Slipway.Automation.Jobs;

/// <summary>From a dataset in the store to an outcome, wherever the trainer runs.</summary>
public sealed class TrainingLoop(DatasetArrived arrived, ITrainingRunner runner, ITrainingFinished finished)
{
    /// <summary>Of the same inputs. Nobody moves a champion for ever; a bound keeps a defect from training without end.</summary>
    public const int MaxAttempts = 3;

    /// <summary>
    /// Trains, unless these inputs have been trained before: then it returns what came of that. Where nothing else tells whether a job still runs,
    /// the caller sees to it that only one training of a model runs at a time: a job without an outcome has died and is finished or run again.
    /// </summary>
    /// <param name="output">Gets each line that the trainer prints, and what happens to the job.</param>
    /// <param name="claimed">Hears of every job that is about to run.</param>
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

    /// <summary>A job that completed and was stopped all the same was compared with a version that is not the champion any more.</summary>
    public static bool HasToCompareAgain(TrainingEnd end, TrainingOutcome outcome) =>
        outcome.Result == TrainingResult.Stopped && end.Kind == TrainingEndKind.Completed;
}

/// <param name="Ran">False when the same inputs had been trained before.</param>
public sealed record TrainingRun(TrainingOutcome Outcome, bool Ran);

/// <summary>Says what came of a job that has ended.</summary>
public interface ITrainingFinished
{
    /// <param name="by">The person or role that asked for the training.</param>
    Task<TrainingOutcome> HandleAsync(string job, TrainingEnd end, string by, CancellationToken cancellation);
}
