namespace Slipway.Automation.Local;

/// <summary>Runs the trainer for a claimed job.</summary>
public interface ITrainingRunner
{
    /// <param name="output">Gets each line that the trainer prints.</param>
    /// <returns>Why the job failed; null when it completed and its archive is in the store.</returns>
    /// <exception cref="OperationCanceledException">It was stopped; no process of it is left, and the job can be run again.</exception>
    Task<string?> RunAsync(string job, Action<string> output, CancellationToken cancellation);
}
