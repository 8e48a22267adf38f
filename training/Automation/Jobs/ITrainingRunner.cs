namespace Slipway.Automation.Jobs;

/// <summary>Runs the trainer for a claimed job.</summary>
public interface ITrainingRunner
{
    /// <param name="output">Receives each line that the trainer prints.</param>
    /// <exception cref="OperationCanceledException">It was stopped; the job can be run again.</exception>
    Task<TrainingEnd> RunAsync(ClaimedJob job, Action<string> output, CancellationToken cancellation);
}
