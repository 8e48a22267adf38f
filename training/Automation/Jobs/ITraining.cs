using Slipway.Registry.Lineages;

namespace Slipway.Automation.Jobs;

/// <summary>From a dataset in the store to an outcome, wherever the trainer runs.</summary>
public interface ITraining
{
    /// <summary>Trains, unless these inputs have been trained before: then it returns what came of that.</summary>
    /// <param name="output">Gets each line that the trainer prints, and what happens to the job.</param>
    /// <param name="claimed">Hears of every job that is about to run.</param>
    Task<TrainingRun> TrainAsync(TrainingRequest request, Action<string> output, CancellationToken cancellation, Action<ClaimedJob>? claimed = null);
}

/// <param name="Ran">False when the same inputs had been trained before.</param>
public sealed record TrainingRun(TrainingOutcome Outcome, bool Ran);
